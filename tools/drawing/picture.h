// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames with a drawing on them, as files.
#pragma once

#include <cstddef>
#include <vector>

#include "core/scoring/detection.h"
#include "gst/drawing/overlay_painter.h"
#include "gst/frames/handles.h"
#include "tools/drawing/upright.h"
#include "tools/media/frames.h"

namespace mvga::tool {

enum class PictureFormat { png, jpeg };

/// An RGB copy of a frame, to be drawn on. It stands upright; what is drawn on it is said of the
/// frame as it is stored.
class Picture {
 public:
  /// @param longest_side the copy is scaled down to it; 0: it is as large as the frame
  /// @throws Error unreadable if the frame is not what its caps say
  explicit Picture(const Frame& frame, int longest_side = 0);

  int width() const { return GST_VIDEO_INFO_WIDTH(&rgb_.info); }
  int height() const { return GST_VIDEO_INFO_HEIGHT(&rgb_.info); }

  /// Draws what mvgadetect draws with the painter's settings.
  void draw(const Detection& detection, overlay::OverlayPainter& painter);

  /// Draws the edge of what the mask marks, in a colour that is not the contour's. The mask shows
  /// what the frame shows, at any size.
  void outline(const Mask& mask);

  /// As a frame of raw video.
  const RgbBuffer& pixels() const { return rgb_; }
  /// The file.
  /// @throws Error engine
  std::vector<std::byte> encoded(PictureFormat format) const;

 private:
  void blend(GstVideoOverlayComposition* composition);

  int orientation_;
  RgbBuffer rgb_;
};

/// A grey PNG, white where the map lies above the threshold and black elsewhere.
/// @throws Error engine
std::vector<std::byte> mask_png(const AnomalyMap& map, float threshold);

/// @throws Error settings if this machine's GStreamer cannot write the format
void require_encoder(PictureFormat format);

}  // namespace mvga::tool
