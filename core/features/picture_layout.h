// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How the pixels of a picture lie in memory, and what colours they mean. Plain values, which code
// for another device can share.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/features/resize_taps.h"

namespace mvga {

/// Where the samples of one component are: sample (x, y) begins `offset + x * step` bytes into row
/// y of the plane.
struct ComponentLayout {
  int plane = 0;
  int offset = 0;
  int step = 1;
  /// A sample of two bytes: how far the more significant one lies behind the other, 1 or -1; the
  /// offset is that of the less significant one. 0: a sample is a byte.
  int high_byte = 0;
  Sampling across;
  Sampling down;
};

/// red, green, blue = weights * (components - offsets), on the scale 0 to 255.
struct ToRgb {
  float weights[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  float offsets[3] = {};
};

struct PictureLayout {
  int width = 0;
  int height = 0;
  int components = 3;  ///< 3, or 1 for grey
  std::array<ComponentLayout, 3> component;
  ToRgb to_rgb;
  /// Columns are rounded before rows are weighed, as Pillow does: a file that is resized here is,
  /// but for halves that Pillow weighs with whole numbers, the one that is resized there. Only for
  /// bytes that are colours as they are.
  bool rounds_between = false;
};

/// R, G, B in that order, a byte each.
PictureLayout rgb_layout(int width, int height);

/// The first byte of the first row, and how far it is to the next one, which may be backwards.
struct PlaneView {
  const std::uint8_t* data = nullptr;
  std::ptrdiff_t stride = 0;
};
using PlaneViews = std::array<PlaneView, 4>;

}  // namespace mvga
