// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Random numbers that are the same everywhere, as those of the standard library are not.
#pragma once

#include <cstdint>

#include "core/base/splitmix.h"

namespace mvga {

class RandomNumbers {
 public:
  explicit RandomNumbers(std::uint64_t seed) : state_(seed) {}

  /// From 0 up to 1, evenly, of the bits that a double has room for.
  double share() {
    state_ += kSplitMixStep;
    return static_cast<double>(splitmix64(state_) >> 11) * 0x1p-53;
  }
  double between(double low, double high) { return low + (high - low) * share(); }
  /// From -1 up to 1, evenly.
  double to_either_side() { return 2 * share() - 1; }
  /// About standard normal: the sum of twelve even ones.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += share();
    return sum;
  }

 private:
  std::uint64_t state_;
};

}  // namespace mvga
