// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures that are stored on their side or mirrored.
#pragma once

#include <utility>

#include "core/base/box.h"
#include "tools/pictures/samples.h"

namespace mvga::tool {

/// From places as they are seen to places as they are stored.
class Turn {
 public:
  /// @param orientation 1 to 8, as TIFF and EXIF number them; others are 1, as it is stored
  /// @param width of what is stored
  Turn(int orientation, int width, int height);

  /// Of what is seen.
  int width() const { return transposed_ ? height_ : width_; }
  int height() const { return transposed_ ? width_ : height_; }
  /// Column and row of what is stored.
  std::pair<int, int> stored(int x, int y) const;
  /// Where a box of what is stored is seen.
  Box seen(const Box& stored) const;

 private:
  int width_;
  int height_;
  bool transposed_;
  bool from_right_;
  bool from_below_;
};

/// @param orientation as above
Samples upright(Samples stored, int orientation);

}  // namespace mvga::tool
