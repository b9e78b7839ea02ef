// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <cstring>

#include "tools/media/frames.h"
#include "tools/pictures/decode.h"

namespace mvga::tool {
namespace {

/// Labels may be small numbers in 16 bits: any bit counts.
bool black(const std::uint8_t* colours, std::size_t bytes) {
  return std::all_of(colours, colours + bytes, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

Mask read_mask(const std::filesystem::path& file) {
  const Samples samples = decode_picture(file);
  Mask mask{samples.width, samples.height, {}};
  mask.defect.reserve(static_cast<std::size_t>(mask.width) * mask.height);
  const auto number = static_cast<std::size_t>(samples.bits / 8);
  const std::size_t colours = (samples.channels >= 3 ? 3 : 1) * number;
  const std::size_t pixel = static_cast<std::size_t>(samples.channels) * number;
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x)
      mask.defect.push_back(
          black(samples.row(y) + static_cast<std::size_t>(x) * pixel, colours) ? 0 : 1);
  mask.empty = std::find(mask.defect.begin(), mask.defect.end(), 1) == mask.defect.end();
  return mask;
}

}  // namespace mvga::tool
