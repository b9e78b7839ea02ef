// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures of all kinds: they are refused, or decoded completely, and into what depends on nothing
// but the file. The libraries that decode are not instrumented; tests/fuzz.sh tells what they do
// wrong from what is wrong here.

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "tools/media/mask.h"
#include "tools/pictures/decode.h"

namespace {

using namespace mvga;
using namespace mvga::tool;

/// What memory for pixels is full of before anything is decoded into it.
std::uint8_t filling = 0;

constexpr std::size_t kSmall = std::size_t{1} << 20;  ///< pixels of what is looked at closely

void require(bool right) {
  if (!right) std::abort();
}

std::uint32_t number(const std::uint8_t* at) {
  return std::uint32_t{at[0]} << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

/// Each piece of a PNG ends in a check sum, without which nothing behind it would be looked at.
void mend_sums(std::vector<std::uint8_t>& png) {
  constexpr std::size_t kBefore = 8;  ///< length and kind of a piece
  std::size_t at = 8;
  while (png.size() - at >= kBefore + 4) {
    const std::size_t length = number(&png[at]);
    if (length > png.size() - at - kBefore - 4) return;
    const auto sum = crc32(0, &png[at + 4], static_cast<uInt>(length + 4));
    for (std::size_t i = 0; i < 4; ++i)
      png[at + kBefore + length + i] = static_cast<std::uint8_t>(sum >> (24 - 8 * i));
    at += kBefore + length + 4;
  }
}

std::optional<Samples> decoded(const std::vector<std::uint8_t>& file, std::uint8_t full_of) {
  filling = full_of;
  try {
    return decode_picture(Bytes(file));
  } catch (const Error& e) {
    require(e.kind() == ErrorKind::unreadable);
    require(std::strlen(e.what()) < kLongestMessage);
    return std::nullopt;
  }
}

std::size_t pixels_of(const Samples& samples) {
  return static_cast<std::size_t>(samples.width) * static_cast<std::size_t>(samples.height);
}

void check(const Samples& samples) {
  require(samples.width > 0 && samples.height > 0);
  require(pixels_of(samples) <= kMostPixels);
  require(samples.channels >= 1 && samples.channels <= 4);
  require(samples.bits == 8 || samples.bits == 16);
}

/// Where they differ, something was left as it was.
void compare(const Samples& one, const Samples& other) {
  require(one.width == other.width && one.height == other.height);
  require(one.channels == other.channels && one.bits == other.bits);
  const auto row = static_cast<std::size_t>(one.width * one.channels * one.bits / 8);
  for (int y = 0; y < one.height; ++y) require(std::memcmp(one.row(y), other.row(y), row) == 0);
}

/// The numbers of a pixel as they come, whatever they are.
void read_as_mask(const Samples& samples) {
  std::vector<MaskPixel> pixels(pixels_of(samples));
  const auto bytes = static_cast<std::size_t>(samples.channels * samples.bits / 8);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const int width = samples.width;
    const std::uint8_t* at = samples.row(static_cast<int>(i) / width) +
                             static_cast<std::size_t>(static_cast<int>(i) % width) * bytes;
    pixels[i] = {std::max(at[0], at[bytes - 1]), std::min(at[0], at[bytes - 1]), at[bytes / 2]};
  }
  const MaskFile file{samples.width, samples.height, 255, samples.channels == 3};
  const Mask mask = mask_from(file, pixels);
  require(mask.defect.size() == pixels.size() && mask.share >= 0 && mask.share <= 1);
}

}  // namespace

void* operator new[](std::size_t size) {
  void* memory = std::malloc(std::max(size, std::size_t{1}));
  if (memory == nullptr) throw std::bad_alloc();
  return std::memset(memory, filling, std::min(size, 8 * kSmall));
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint8_t> file(data, data + size);
  if (picture_kind(Bytes(file)) == PictureKind::png) mend_sums(file);
  const std::optional<Samples> samples = decoded(file, 0x55);
  if (!samples) return 0;
  check(*samples);
  if (pixels_of(*samples) > kSmall) return 0;
  const std::optional<Samples> again = decoded(file, 0xaa);
  require(again.has_value());
  compare(*samples, *again);
  read_as_mask(*samples);
  return 0;
}
