// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// When a frame is shown.
#pragma once

#include <gst/base/gstbasetransform.h>

namespace mvga::gst {

/// In the three clocks that applications ask for.
struct FrameTimes {
  GstClockTime pts = GST_CLOCK_TIME_NONE;
  GstClockTime running_time = GST_CLOCK_TIME_NONE;
  GstClockTime stream_time = GST_CLOCK_TIME_NONE;
};

/// Whether it is in time, and does not play backwards from an end that is not known: GStreamer
/// takes the question for a mistake of who asks.
bool tells_times(const GstSegment& segment);

FrameTimes frame_times(const GstSegment& segment, GstClockTime pts);

/// Gives the element's controlled properties the values that they have at this frame.
void sync_controlled_values(GstBaseTransform* element, GstBuffer* frame);

}  // namespace mvga::gst
