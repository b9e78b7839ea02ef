// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/orientation.h"

#include <cstring>
#include <utility>

namespace mvga::tool {

Samples upright(Samples stored, int orientation) {
  if (orientation < 2 || orientation > 8) return stored;
  const bool transposed = orientation >= 5;
  const bool from_right =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_below =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const auto sides = std::pair(static_cast<std::uint64_t>(stored.width),
                               static_cast<std::uint64_t>(stored.height));
  Samples seen =
      make_samples(transposed ? sides.second : sides.first, transposed ? sides.first : sides.second,
                   stored.channels, stored.bits);
  const auto pixel = static_cast<std::size_t>(stored.channels * stored.bits / 8);
  for (int y = 0; y < seen.height; ++y)
    for (int x = 0; x < seen.width; ++x) {
      int from_x = transposed ? y : x;
      int from_y = transposed ? x : y;
      if (from_right) from_x = stored.width - 1 - from_x;
      if (from_below) from_y = stored.height - 1 - from_y;
      std::memcpy(seen.row(y) + static_cast<std::size_t>(x) * pixel,
                  stored.row(from_y) + static_cast<std::size_t>(from_x) * pixel, pixel);
    }
  seen.remarks = std::move(stored.remarks);
  return seen;
}

}  // namespace mvga::tool
