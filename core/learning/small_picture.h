// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// An image as small as is enough to tell whether two of them show the same.
#pragma once

#include <array>
#include <vector>

#include "core/features/rgb_view.h"

namespace mvga {

/// Brightness, row by row.
struct GreyPlane {
  int side = 0;
  std::vector<float> values;

  float at(int x, int y) const { return values[static_cast<std::size_t>(y * side + x)]; }
};

/// The whole image in three sizes, each smoothed a little: 21 kB.
struct SmallPicture {
  std::array<GreyPlane, 3> planes;  ///< 16, 32 and 64 pixels wide and high
};

SmallPicture small_picture(const RgbView& image);

/// In how many ways a square can lie: turned by quarters, and mirrored.
inline constexpr int kOrientations = 8;

GreyPlane turned(const GreyPlane& plane, int orientation);
SmallPicture turned(const SmallPicture& picture, int orientation);

}  // namespace mvga
