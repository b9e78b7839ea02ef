// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/samples.h"

#include "core/base/error.h"

namespace mvga::tool {

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

}  // namespace mvga::tool
