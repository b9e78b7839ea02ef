// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/pictures/inks.h"

#include <algorithm>

namespace mvga::tool {

Samples rgb_of_inks(const Samples& inks) {
  Samples rgb = make_samples(static_cast<std::uint64_t>(inks.width),
                             static_cast<std::uint64_t>(inks.height), 3, 8);
  const auto times = [](int a, int b) {
    const int product = a * b + 128;
    return ((product >> 8) + product) >> 8;  // / 255, rounded
  };
  for (int y = 0; y < inks.height; ++y) {
    const std::uint8_t* from = inks.row(y);
    std::uint8_t* to = rgb.row(y);
    for (int x = 0; x < inks.width; ++x, from += 4, to += 3)
      for (int c = 0; c < 3; ++c)
        to[c] = static_cast<std::uint8_t>(std::max(0, from[3] - times(255 - from[c], from[3])));
  }
  return rgb;
}

}  // namespace mvga::tool
