// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect says on the bus.
#pragma once

#include <gst/gst.h>

#include "core/scoring/event_tracker.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// When a frame is shown, in the three clocks that applications ask for.
struct FrameTimes {
  GstClockTime pts = GST_CLOCK_TIME_NONE;
  GstClockTime running_time = GST_CLOCK_TIME_NONE;
  GstClockTime stream_time = GST_CLOCK_TIME_NONE;
};

FrameTimes frame_times(const GstSegment& segment, GstClockTime pts);

/// `mvga-result`: one frame.
void post_result(GstElement* element, const FrameResult& result, const FrameTimes& times);

/// `mvga-event`: the start or the end of an event.
void post_event_start(GstElement* element, const Event& event, const FrameResult& result,
                      const FrameTimes& times);
void post_event_end(GstElement* element, const Event& event, const MapScale& scale,
                    const std::string& model_id);

}  // namespace mvga::gst
