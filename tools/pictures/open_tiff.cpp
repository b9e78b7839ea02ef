// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/open_tiff.h"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <utility>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

/// What a header alone may make libtiff take.
constexpr tmsize_t kMostMemory = tmsize_t{1} << 30;

OpenTiff& tiff_of(void* handle) {
  return *static_cast<OpenTiff*>(handle);
}

tmsize_t take_bytes(thandle_t handle, void* to, tmsize_t size) {
  OpenTiff& tiff = tiff_of(handle);
  try {
    const std::span<unsigned char> wanted(static_cast<unsigned char*>(to),
                                          static_cast<std::size_t>(size));
    const std::size_t length = tiff.source().read(tiff.place, wanted);
    tiff.place += length;
    return static_cast<tmsize_t>(length);
  } catch (const Error& e) {  // may not go through libtiff
    tiff.complain(e.what());
    return 0;
  }
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t) {
  return 0;
}

toff_t go_to(thandle_t handle, toff_t offset, int from) {
  OpenTiff& tiff = tiff_of(handle);
  if (from == SEEK_CUR) offset += tiff.place;
  if (from == SEEK_END) offset += tiff.source().size;
  tiff.place = offset;
  return offset;
}

int keep_open(thandle_t) {
  return 0;
}

toff_t size_of(thandle_t handle) {
  return tiff_of(handle).source().size;
}

int lend_nothing(thandle_t, void**, toff_t*) {
  return 0;
}

void take_back(thandle_t, void*, toff_t) {}

std::string formatted(const char* format, va_list arguments) {
  std::array<char, 300> text{};
  std::vsnprintf(text.data(), text.size(), format, arguments);
  return text.data();
}

int on_error(TIFF*, void* handle, const char*, const char* format, va_list arguments) {
  tiff_of(handle).complain(formatted(format, arguments));
  return 1;
}

int on_warning(TIFF*, void* handle, const char*, const char* format, va_list arguments) {
  tiff_of(handle).warn(formatted(format, arguments));
  return 1;
}

}  // namespace

OpenTiff::OpenTiff(TiffSource source) : source_(std::move(source)) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, kMostMemory);
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, this);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, this);
  tiff_.reset(TIFFClientOpenExt("picture", "r", this, take_bytes, write_nothing, go_to, keep_open,
                                size_of, lend_nothing, take_back, options));
  TIFFOpenOptionsFree(options);
  if (!tiff_) fail();
}

void OpenTiff::check() const {
  if (!complaint_.empty()) fail();
}

void OpenTiff::fail() const {
  throw Error(ErrorKind::unreadable,
              "the TIFF is damaged, or of a kind that libtiff does not read: " +
                  (complaint_.empty() ? "what its header says cannot be" : complaint_));
}

void OpenTiff::complain(const std::string& text) {
  if (complaint_.empty()) complaint_ = text;
}

void OpenTiff::warn(const std::string& text) {
  // Of an old program that wrote LZW in its own way, which is read all the same.
  if (expects_pixels_ && text.find("Old-style LZW") == std::string::npos) complain(text);
}

}  // namespace mvga::tool
