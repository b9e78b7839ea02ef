// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The step that random numbers and hashes share.
#pragma once

#include <cstdint>

namespace mvga {

/// What SplitMix64 adds to its state before each number.
inline constexpr std::uint64_t kSplitMixStep = 0x9e3779b97f4a7c15u;

/// SplitMix64's mixer (Steele, Lea and Flood 2014): every input bit reaches every output bit.
inline std::uint64_t splitmix64(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

}  // namespace mvga
