// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect says on the bus.
#pragma once

#include <gst/gst.h>

#include "core/scoring/event_tracker.h"
#include "gst/detect/late_frames.h"
#include "gst/frames/frame_times.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// Frames of the stream so far.
struct FrameCounts {
  guint64 inferred = 0;
  guint64 late = 0;  ///< passed without an inference
};

/// An event that has ended.
struct PastEvent {
  const Event& event;
  guint64 corrupted = 0;  ///< frames in it that were damaged, and not looked at
};

/// GStreamer's QOS message: this frame is passed without an inference.
void post_late_frame(GstElement* element, GstBuffer* frame, const FrameTimes& times,
                     const LateFrames::Verdict& verdict, const FrameCounts& counts);

/// `mvga-result`: one frame.
void post_result(GstElement* element, const FrameResult& result, const FrameTimes& times);

/// `mvga-event`: the start or the end of an event.
void post_event_start(GstElement* element, const Event& event, const FrameResult& result,
                      const FrameTimes& times);
void post_event_end(GstElement* element, const PastEvent& past, const MapScale& scale,
                    const std::string& model_id);

}  // namespace mvga::gst
