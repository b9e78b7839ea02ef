// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace mvga {

/// The nearest 8-bit value; what is darker than black or brighter than white is that.
inline std::uint8_t rounded(double value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
}

}  // namespace mvga
