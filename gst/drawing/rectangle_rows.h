// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The pixels of one overlay rectangle at the size in which they appear on the frame.
#pragma once

#include <gst/video/video.h>

#include <cstdint>
#include <span>
#include <vector>

#include "gst/drawing/pixel_rect.h"

namespace mvga::overlay {

/// The neighbours of a position on an axis that is magnified.
struct Neighbours {
  int first = 0;
  int second = 0;
  std::uint32_t part = 0;  ///< of the second, 0..256
};

/// A stretch of a row.
struct PixelRun {
  int x = 0;                              ///< on the frame
  std::span<const std::uint32_t> pixels;  ///< premultiplied 0xAARRGGBB
};

/// Scales (bilinear) one row at a time, so that an overlay on a huge frame takes no huge memory.
class RectangleRows {
 public:
  RectangleRows(GstVideoOverlayRectangle* rectangle, int frame_width, int frame_height);
  ~RectangleRows();
  RectangleRows(const RectangleRows&) = delete;
  RectangleRows& operator=(const RectangleRows&) = delete;

  /// The part of the frame that the rectangle covers.
  const PixelRect& visible() const { return visible_; }

  /// Row `y` of the frame, within visible(), without the transparent pixels at both ends.
  /// Valid until the next call.
  PixelRun row(int y);

 private:
  const std::uint32_t* source_row(int y) const;
  const std::uint32_t* scaled_row(int y);

  GstBuffer* buffer_;
  GstVideoMeta* meta_;
  GstMapInfo mapped_ = {};
  guint8* data_ = nullptr;
  int stride_ = 0;
  PixelRect place_;
  PixelRect visible_;
  bool scaled_ = false;
  std::vector<Neighbours> columns_;  // of each visible column, when scaled
  std::vector<std::uint32_t> mixed_row_;
  std::vector<std::uint32_t> scaled_row_;
};

}  // namespace mvga::overlay
