// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// An image for tests, the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/features/rgb_view.h"
#include "tests/models/torch/random_weights.h"

namespace mvga::testing {

/// An image of noise, its rows `padding` bytes apart.
struct NoiseImage {
  explicit NoiseImage(int size, int padding = 0, std::uint64_t seed = 7)
      : size(size), stride(3 * size + padding) {
    Random random(seed);
    bytes.assign(static_cast<std::size_t>(stride) * size, 255);
    for (int y = 0; y < size; ++y) {
      for (int x = 0; x < 3 * size; ++x) {
        bytes[y * stride + x] = static_cast<std::uint8_t>(random.uniform(0, 256));
      }
    }
  }
  RgbView view() const { return {bytes.data(), size, size, stride}; }

  int size;
  int stride;
  std::vector<std::uint8_t> bytes;
};

}  // namespace mvga::testing
