// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgaoverlay does between start and stop, one frame after the other.
#pragma once

#include <gst/video/video.h>

#include <string>

#include "gst/drawing/compositions.h"
#include "gst/drawing/overlay_painter.h"
#include "gst/drawing/result_drawer.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// Names, defaults and ranges are those of the properties.
struct OverlayElementSettings {
  /// All that the metadata has.
  overlay::OverlaySettings drawing = {.style = overlay::heatmap | overlay::contour | overlay::box |
                                               overlay::label};
  Drawing mode = Drawing::blend;
  GstClockTime expire = 500 * GST_MSECOND;  ///< 0: never
};

/// Used by the streaming thread, but for ask_downstream_again().
class OverlayRun {
 public:
  explicit OverlayRun(GstElement* element);

  void configure(const GstVideoInfo& info);

  /// Draws what the frame's metadata says, if anything. The buffer is writable. A frame that
  /// does not hold what its caps promise passes as it is, and the first is told of.
  void process(GstBuffer* buffer, const OverlayElementSettings& settings);

  /// What is downstream may have changed. From any thread.
  void ask_downstream_again() { drawer_.ask_downstream_again(); }

 private:
  void complain(const std::string& complaint);
  void tell_if_map_is_missing(const Detection& detection, unsigned style);

  GstElement* element_;
  GstVideoInfo info_ = {};
  ResultDrawer drawer_;
  bool complained_ = false;
  bool told_ = false;
  bool cannot_draw_ = false;  ///< has been said
};

}  // namespace mvga::gst
