// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Random numbers that are the same on every machine: the standard's distributions are not.
#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>

#include "core/base/splitmix.h"

namespace mvga::distill {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  /// A stream of its own for each of the things numbered by `id`.
  Random(std::uint64_t seed, std::uint64_t id) : state_(seed * kSplitMixStep + id) { bits(); }

  std::uint64_t bits() {
    state_ += kSplitMixStep;
    return splitmix64(state_);
  }
  /// In [0, 1).
  float uniform() { return static_cast<float>(bits() >> 40) * 0x1p-24F; }
  float between(float low, float high) { return low + (high - low) * uniform(); }
  /// As likely to lie in [1, 2) as in [2, 4).
  float ratio_between(float low, float high) { return low * std::pow(high / low, uniform()); }
  int below(int n) { return static_cast<int>(bits() % static_cast<std::uint64_t>(n)); }
  int from_to(int low, int high) { return low + below(high - low + 1); }
  bool chance(float probability) { return uniform() < probability; }
  float angle() { return between(0, 2 * std::numbers::pi_v<float>); }
  float normal() {
    const float radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(angle());
  }
  template <typename T>
  T one_of(std::initializer_list<T> all) {
    return *(all.begin() + below(static_cast<int>(all.size())));
  }

 private:
  std::uint64_t state_;
};

}  // namespace mvga::distill
