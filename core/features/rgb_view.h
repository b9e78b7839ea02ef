// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// An image that someone else owns.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mvga {

/// 8-bit RGB, three bytes a pixel, full range, row by row.
struct RgbView {
  const std::uint8_t* data = nullptr;
  int width = 0;
  int height = 0;
  std::ptrdiff_t stride = 0;  ///< bytes from one row to the next, at least 3 * width
};

}  // namespace mvga
