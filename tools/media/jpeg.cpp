// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/media/jpeg.h"

#include <glib.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

using Bytes = std::span<const unsigned char>;

constexpr unsigned char kStartOfImage = 0xd8;
constexpr unsigned char kEndOfImage = 0xd9;
constexpr unsigned char kStartOfScan = 0xda;

struct Unmap {
  void operator()(GMappedFile* file) const { g_mapped_file_unref(file); }
};
using MappedFile = std::unique_ptr<GMappedFile, Unmap>;

Bytes bytes_of(const MappedFile& file) {
  return {reinterpret_cast<const unsigned char*>(g_mapped_file_get_contents(file.get())),
          g_mapped_file_get_length(file.get())};
}

/// Start of frame, of any of the codings: it holds the number of colours.
bool is_start_of_frame(unsigned char marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

struct Header {
  int colours = 0;       ///< 0: not found
  std::size_t scan = 0;  ///< where the picture's data starts, 0: not found
};

/// Steps over the segments, which may hold a thumbnail with an end of its own.
Header header_of(Bytes jpeg) {
  Header header;
  std::size_t at = 2;
  while (at + 4 <= jpeg.size() && jpeg[at] == 0xff) {
    const unsigned char marker = jpeg[at + 1];
    if (marker == 0xff) {  // padding
      ++at;
      continue;
    }
    if (marker == kStartOfScan) {
      header.scan = at;
      break;
    }
    if (is_start_of_frame(marker) && at + 9 < jpeg.size()) header.colours = jpeg[at + 9];
    at += 2 + static_cast<std::size_t>(jpeg[at + 2]) * 256 + jpeg[at + 3];
  }
  return header;
}

/// Within a picture's data, 0xff is followed by other bytes. From the back, where it should be.
bool has_end(Bytes data) {
  for (std::size_t i = data.size(); i >= 2; --i)
    if (data[i - 1] == kEndOfImage && data[i - 2] == 0xff) return true;
  return false;
}

}  // namespace

void check_jpeg(const std::filesystem::path& file) {
  const MappedFile mapped(g_mapped_file_new(file.c_str(), FALSE, nullptr));
  if (!mapped) return;  // the decoder says why
  const Bytes jpeg = bytes_of(mapped);
  if (jpeg.size() < 4 || jpeg[0] != 0xff || jpeg[1] != kStartOfImage) return;
  const Header header = header_of(jpeg);
  if (header.colours == 4)
    throw Error(ErrorKind::unreadable,
                file.string() +
                    ": is a JPEG of four colours (CMYK), which GStreamer does not "
                    "decode; convert it to RGB");
  if (header.scan == 0 || !has_end(jpeg.subspan(header.scan)))
    throw Error(ErrorKind::unreadable, file.string() + ": the JPEG breaks off before its end");
}

}  // namespace mvga::tool
