// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Draws what the detector says of a frame: heat map, contours, boxes and label, as an overlay
// composition that can be blended here or attached to the buffer for whoever renders it.
#pragma once

#include <string>
#include <vector>

#include "core/scoring/detection.h"
#include "gst/drawing/colormap.h"
#include "gst/drawing/handles.h"
#include "gst/drawing/label.h"
#include "gst/drawing/pixel_rect.h"

namespace mvga::overlay {

/// Can be joined with |.
enum OverlayStyle : unsigned {
  heatmap = 1 << 0,  ///< colours above the normal range
  contour = 1 << 1,  ///< outlines of what lies above the threshold
  box = 1 << 2,      ///< Detection::regions
  label = 1 << 3,    ///< verdict, score and threshold
};

struct OverlaySettings {
  Colormap colormap = Colormap::turbo;
  double alpha = 0.5;  ///< opacity of the heat map at and above the threshold, 0..1
  unsigned style = heatmap | contour | label;

  bool operator==(const OverlaySettings&) const = default;
};

/// Not thread-safe: it keeps the label from frame to frame.
class OverlayPainter {
 public:
  explicit OverlayPainter(const OverlaySettings& settings);

  /// `status_note` says in a word how the result came about ("held") and may be empty. Null when
  /// there is nothing to draw, which is found out quickly for a normal frame.
  CompositionPtr paint(const Detection& detection, const std::string& status_note, int frame_width,
                       int frame_height);
  /// The label alone, while there is nothing else to draw. Null without OverlayStyle::label.
  CompositionPtr paint_label(const LabelText& text, int frame_width, int frame_height);

 private:
  RectanglePtr label_rectangle(const LabelText& text, int frame_width, int frame_height);
  std::vector<RectanglePtr> paint_anomaly(const Detection& detection, int frame_width,
                                          int frame_height) const;

  OverlaySettings settings_;
  HeatTable colours_;
  Label label_;
};

}  // namespace mvga::overlay
