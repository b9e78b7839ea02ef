// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/samples.h"

#include <cstring>

#include "core/base/error.h"

namespace mvga::tool {
namespace {

/// Numbers of the colours, one by one, as bytes in the picture.
template <typename See>
void for_each_colour(const Samples& samples, const See& see) {
  const int colours = samples.channels >= 3 ? 3 : 1;
  const auto bytes = static_cast<std::size_t>(samples.bits / 8);
  for (int y = 0; y < samples.height; ++y) {
    std::uint8_t* pixel = samples.row(y);
    for (int x = 0; x < samples.width; ++x)
      for (int c = 0; c < samples.channels; ++c, pixel += bytes)
        if (c < colours) see(pixel);
  }
}

std::uint16_t deep_number(const std::uint8_t* at) {
  std::uint16_t number = 0;
  std::memcpy(&number, at, sizeof(number));
  return number;
}

}  // namespace

void check_size(std::uint64_t width, std::uint64_t height) {
  if (width == 0 || height == 0)
    throw Error(ErrorKind::unreadable, "its header promises a picture without pixels");
  if (width > kLongestSide || height > kLongestSide || width * height > kMostPixels)
    throw Error(ErrorKind::unreadable, "its header promises " + std::to_string(width) + "x" +
                                           std::to_string(height) + " pixels; the limit is " +
                                           std::to_string(kLongestSide) + " a side and " +
                                           std::to_string(kMostPixels) + " (16384x16384) in all");
}

Samples make_samples(std::uint64_t width, std::uint64_t height, int channels, int bits) {
  check_size(width, height);
  Samples samples;
  samples.width = static_cast<int>(width);
  samples.height = static_cast<int>(height);
  samples.channels = channels;
  samples.bits = bits;
  samples.stride =
      (width * static_cast<std::uint64_t>(channels) * static_cast<std::uint64_t>(bits) / 8 + 3) /
      4 * 4;
  samples.data = std::make_unique_for_overwrite<std::uint8_t[]>(samples.size());
  return samples;
}

unsigned bits_in_use(const Samples& samples) {
  unsigned all = 0;
  if (samples.bits == 8)
    for_each_colour(samples, [&](const std::uint8_t* at) { all |= *at; });
  else
    for_each_colour(samples, [&](const std::uint8_t* at) { all |= deep_number(at); });
  return all;
}

void take_stated_bits(int bits, Samples& samples) {
  if (samples.bits != 16 || samples.stated_bits != 0 || bits < 8 || bits > 15) return;
  if (bits_in_use(samples) >> bits != 0) return;
  for_each_colour(samples, [&](std::uint8_t* at) {
    const unsigned number = deep_number(at);
    const auto full = static_cast<std::uint16_t>(number << (16 - bits) | number >> (2 * bits - 16));
    std::memcpy(at, &full, sizeof(full));
  });
  samples.stated_bits = bits;
}

}  // namespace mvga::tool
