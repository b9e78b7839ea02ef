// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The stream of heat maps behind mvgadetect's request pad.
#pragma once

#include <gst/video/video.h>

#include <optional>

#include "gst/detect/frame.h"
#include "gst/detect/heatmap/heatmap_picture.h"
#include "gst/frames/handles.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

struct HeatmapPush {
  /// OK, too, when the branch is not linked, flushing or at its end: that is its own affair.
  GstFlowReturn flow = GST_FLOW_OK;
  double painting = 0;  ///< seconds
};

/// A stream of its own, with stream-start, caps and segment, one picture a frame. Used by the
/// streaming thread; flushes may come from another one.
class HeatmapBranch {
 public:
  /// @param pad a source pad; @param sink the element's sink pad, whose stream is followed
  HeatmapBranch(GstPad* pad, GstPad* sink);

  GstPad* pad() const { return pad_.get(); }
  /// What has been sent is forgotten: by a pad that was stopped, or for another stream.
  void restart();
  /// Passes on what the branch has to know of the main stream's events.
  /// @param now what a frame would be held against; nothing as long as there are no caps
  void follow(GstEvent* event, const std::optional<FrameSnapshot>& now);
  /// Paints and pushes the heat map of `frame`. Waits as long as the branch does: a branch that may
  /// block needs a queue, as behind a tee.
  HeatmapPush push(const FrameResult& result, GstBuffer* frame, const FrameSnapshot& snapshot);

 private:
  /// What the caps were chosen for.
  struct Origin {
    PictureSize native;
    PictureSize frame;
    bool operator==(const Origin&) const = default;
  };

  void start_stream();
  /// Only with caps, which come before it.
  void send_segment();
  /// How the main stream's pictures are to be turned, which goes for these as well.
  void send_orientation();
  /// Downstream takes none of the formats, unless the pad is on its way out.
  GstFlowReturn complain();
  static Origin origin_of(const FrameResult& result, const FrameSnapshot& snapshot);
  bool negotiate(const Origin& origin, const GstVideoInfo& info);
  HeatmapPush push_picture(const FrameResult& result, GstBuffer* frame);

  Owned<GstPad> pad_;
  Owned<GstPad> sink_;
  bool started_ = false;
  bool has_segment_ = false;
  bool has_orientation_ = false;
  std::optional<Origin> origin_;
  GstVideoInfo picture_info_{};
  std::optional<overlay::Colormap> colormap_;
  std::optional<HeatmapPicture> picture_;
};

/// The size, rate and pixel aspect ratio that `caps` leave open, so that the picture is shown in
/// the frame's shape: its own size where any will do, the missing side of a size that is half
/// given.
/// @param caps not empty; taken
GstCaps* fixate_heatmap_caps(GstCaps* caps, PictureSize native, const GstVideoInfo& frame);

}  // namespace mvga::gst
