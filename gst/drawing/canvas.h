// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A picture that is drawn with cairo and becomes a rectangle of the overlay.
#pragma once

#include <cstdint>
#include <span>

#include "gst/drawing/handles.h"
#include "gst/drawing/pixel_rect.h"

namespace mvga::overlay {

class Canvas {
 public:
  /// Transparent, width x height pixels.
  Canvas(int width, int height);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  int width() const { return width_; }
  int height() const { return height_; }

  /// Premultiplied 0xAARRGGBB.
  std::span<std::uint32_t> row(int y);

  /// A drawing context, to be gone before the canvas is.
  CairoPtr cairo();

  /// The rectangle that shows the picture on `place` of the frame. The canvas is then spent.
  RectanglePtr take_rectangle(const PixelRect& place) &&;

 private:
  int width_;
  int height_;
  GstBuffer* buffer_;
  GstMapInfo mapped_ = {};
};

}  // namespace mvga::overlay
