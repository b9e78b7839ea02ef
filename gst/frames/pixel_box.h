// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From a place in fractions of the frame to its pixels: one answer for what is looked at, for what
// metadata say in pixels, and for what is drawn.
#pragma once

#include "core/base/box.h"

namespace mvga::gst {

/// A rectangle of whole pixels of a frame.
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

/// The edges of the box on the nearest edges of pixels, all of it inside the frame, and at least
/// one pixel each way, however thin the box is. Empty for a box that is empty, or that is no box,
/// because something in it is no number.
/// @param frame_width, frame_height at least 1
PixelRect pixels_of(const Box& box, int frame_width, int frame_height);

/// The second step, for formats in which two columns and two rows share a chroma sample: grown to
/// whole samples. That may be a column or a row more than a frame of odd size has.
PixelRect whole_chroma_samples(const PixelRect& rect);

}  // namespace mvga::gst
