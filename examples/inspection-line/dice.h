// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Random numbers that are the same on every machine: the standard's distributions are not.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

#include "core/base/splitmix.h"

namespace film {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  /// A stream of its own for each of the things numbered by `id`.
  Dice(std::uint64_t seed, std::uint64_t id) : state_(seed * mvga::kSplitMixStep + id) { bits(); }

  std::uint64_t bits() {
    state_ += mvga::kSplitMixStep;
    return mvga::splitmix64(state_);
  }
  /// Uniform in [0, 1).
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }
  double between(double low, double high) { return low + (high - low) * uniform(); }
  int below(int n) { return static_cast<int>(bits() % static_cast<std::uint64_t>(n)); }
  double gaussian() {
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t state_;
};

}  // namespace film
