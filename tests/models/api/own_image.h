// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Images that the library's tests learn and look at.
#pragma once

#include <mvga/image.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace mvga::testing {

/// An image that has its pixels.
struct OwnImage {
  int width;
  int height;
  std::vector<std::uint8_t> pixels;

  v1::Image image() const { return {pixels.data(), pixels.size(), width, height}; }
};

/// A smooth pattern under noise; from one to the next the light changes a little.
inline OwnImage normal_image(int width, int height, unsigned seed) {
  std::mt19937 random(seed);
  const int light = static_cast<int>(random() % 20);
  OwnImage made{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c)
        made.pixels.push_back(static_cast<std::uint8_t>(
            60 + light + 60 * x / width + 40 * y / height + static_cast<int>(random() % 16)));
  return made;
}

/// Paints a rectangle in red.
inline void paint(OwnImage& to, int x, int y, int width, int height) {
  for (int row = y; row < y + height; ++row)
    for (int column = x; column < x + width; ++column) {
      std::uint8_t* pixel =
          to.pixels.data() + 3 * (static_cast<std::ptrdiff_t>(row) * to.width + column);
      pixel[0] = 250;
      pixel[1] = pixel[2] = 10;
    }
}

}  // namespace mvga::testing
