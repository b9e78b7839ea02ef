// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/frame_times.h"

namespace mvga::gst {

bool tells_times(const GstSegment& segment) {
  const bool backwards = segment.rate < 0 || segment.applied_rate < 0;
  return segment.format == GST_FORMAT_TIME && (!backwards || GST_CLOCK_TIME_IS_VALID(segment.stop));
}

FrameTimes frame_times(const GstSegment& segment, GstClockTime pts) {
  if (!GST_CLOCK_TIME_IS_VALID(pts) || !tells_times(segment)) return {pts};
  return {pts, gst_segment_to_running_time(&segment, GST_FORMAT_TIME, pts),
          gst_segment_to_stream_time(&segment, GST_FORMAT_TIME, pts)};
}

void sync_controlled_values(GstBaseTransform* element, GstBuffer* frame) {
  const GstClockTime time = frame_times(element->segment, GST_BUFFER_PTS(frame)).stream_time;
  if (GST_CLOCK_TIME_IS_VALID(time)) gst_object_sync_values(GST_OBJECT(element), time);
}

}  // namespace mvga::gst
