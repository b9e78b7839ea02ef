// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Draws results on frames, one after the other, for whichever element has them.
#pragma once

#include <gst/video/video.h>

#include <optional>

#include "gst/drawing/compositions.h"
#include "gst/drawing/overlay_painter.h"
#include "gst/frames/pixel_box.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

class ResultDrawer {
 public:
  /// `src` is where the frames leave the element, which outlives this.
  explicit ResultDrawer(GstPad* src) : src_(src) {}

  /// Now, and not with the first label: it takes much longer than drawing.
  static void load_fonts();

  /// Downstream may have changed. From any thread.
  void ask_downstream_again() { taker_.ask_again(); }

  /// The buffer is writable.
  /// @return false if there was nothing to draw
  /// @throws Error unreadable if the buffer does not hold what its caps promise
  bool draw(GstBuffer* buffer, const GstVideoInfo& info, const FrameResult& result,
            const overlay::OverlaySettings& settings, Drawing drawing);

 private:
  overlay::CompositionPtr paint(const PixelRect& picture, const FrameResult& result,
                                const overlay::OverlaySettings& settings);
  overlay::OverlayPainter& painter(const overlay::OverlaySettings& settings);

  GstPad* src_;
  CompositionTaker taker_;
  std::optional<overlay::OverlayPainter> painter_;
  overlay::OverlaySettings painter_settings_;
};

}  // namespace mvga::gst
