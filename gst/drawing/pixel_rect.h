// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Rectangles of whole pixels in the frame.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/box.h"

namespace mvga::overlay {

struct PixelRect {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  int right() const { return x + width; }
  int bottom() const { return y + height; }
  bool empty() const { return width <= 0 || height <= 0; }
  bool operator==(const PixelRect&) const = default;
};

/// The pixels from the corner (left, top) up to, and without, the corner (right, bottom).
PixelRect between(int left, int top, int right, int bottom);

PixelRect intersection(const PixelRect& a, const PixelRect& b);  ///< empty when they are apart
PixelRect bounding_box(const PixelRect& a, const PixelRect& b);
PixelRect grown(const PixelRect& rect, int margin);

/// The pixels that a box in fractions of the frame covers, cut at the frame's edge.
PixelRect to_pixels(const Box& box, int frame_width, int frame_height);

/// Rectangles that cover the same pixels without overlapping; a single one if there were more than
/// `limit`, because each has a price of its own.
std::vector<PixelRect> without_overlap(std::vector<PixelRect> rects, std::size_t limit);

}  // namespace mvga::overlay
