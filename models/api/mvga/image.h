// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// An image that goes in, and places in it.
#pragma once

#include <mvga/api.h>

#include <cstddef>
#include <cstdint>

namespace mvga::v1 {

/// An image that the caller owns. It is only read, and only until the function it is given to
/// returns.
///
/// 8-bit RGB: three bytes a pixel in the order red, green, blue, full range, row by row from the
/// top. 1 to 65536 pixels a side. The library scales it to the network's input (mvga/detector.h).
struct Image {
  const std::uint8_t* data = nullptr;  ///< the first pixel
  std::size_t size = 0;  ///< bytes from `data` on that may be read; the last row needs no padding
  int width = 0;         ///< pixels
  int height = 0;        ///< pixels
  std::ptrdiff_t stride = 0;  ///< bytes from one row to the next, at least 3 * width; 0: 3 * width
};

/// A rectangle in fractions of an image: 0..1, origin at the top left. By default all of it.
struct Box {
  double x = 0;
  double y = 0;
  double width = 1;
  double height = 1;
};

}  // namespace mvga::v1
