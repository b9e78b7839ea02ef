// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The blending step itself.
#pragma once

#include <cstdint>

namespace mvga::overlay {

/// `below` weighted with keep / 255, rounded; exact where keep is 255.
inline std::uint8_t kept(std::uint8_t below, std::uint8_t keep) {
  const auto product = static_cast<std::uint16_t>(below * keep + 128);
  return static_cast<std::uint8_t>((product + (product >> 8)) >> 8);
}

}  // namespace mvga::overlay
