// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What drawing does with rectangles of whole pixels.
#pragma once

#include <cstddef>
#include <vector>

#include "gst/frames/pixel_box.h"

namespace mvga::overlay {

using gst::PixelRect;

/// The pixels from the corner (left, top) up to, and without, the corner (right, bottom).
PixelRect between(int left, int top, int right, int bottom);

PixelRect intersection(const PixelRect& a, const PixelRect& b);  ///< empty when they are apart
PixelRect bounding_box(const PixelRect& a, const PixelRect& b);
PixelRect grown(const PixelRect& rect, int margin);

/// Rectangles that cover the same pixels without overlapping; a single one if there were more than
/// `limit`, because each has a price of its own.
std::vector<PixelRect> without_overlap(std::vector<PixelRect> rects, std::size_t limit);

}  // namespace mvga::overlay
