// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/storm/stream.h"

#include <gst/video/video.h>

#include <algorithm>

#include "gst/frames/handles.h"
#include "tests/fuzz/storm/frames.h"

namespace mvga::fuzz {
namespace {

GstEvent* segment_from(Script& script) {
  constexpr GstFormat kFormats[] = {GST_FORMAT_TIME, GST_FORMAT_BYTES, GST_FORMAT_DEFAULT};
  constexpr double kRates[] = {1, -1, 2, 0.001, -1000};
  GstSegment segment;
  gst_segment_init(&segment, script.pick(kFormats));
  segment.rate = script.pick(kRates);
  segment.applied_rate = script.pick(kRates);
  if (script.flip()) segment.start = script.whole_number();
  if (script.flip()) segment.time = script.whole_number();
  if (script.flip()) segment.base = script.whole_number();
  if (script.flip()) segment.stop = segment.start + script.below(100) * GST_SECOND;
  segment.position = segment.start;
  return gst_event_new_segment(&segment);
}

GstEvent* tags_from(Script& script) {
  return gst_event_new_tag(gst_tag_list_new(GST_TAG_IMAGE_ORIENTATION,
                                            script.flip() ? "rotate-90" : "flip-rotate-0",
                                            GST_TAG_TITLE, "storm", nullptr));
}

/// GStreamer takes no other: a frame is not earlier than the stream's beginning.
GstEvent* qos_from(Script& script) {
  constexpr GstQOSType kTypes[] = {GST_QOS_TYPE_OVERFLOW, GST_QOS_TYPE_UNDERFLOW,
                                   GST_QOS_TYPE_THROTTLE};
  const GstQOSType type = script.pick(kTypes);
  const auto jitter = static_cast<GstClockTimeDiff>(script.whole_number());
  const GstClockTime time = std::min<GstClockTime>(script.whole_number(), G_MAXUINT64 - 1);
  const bool early = jitter < 0 && static_cast<GstClockTime>(-(jitter + 1)) >= time;
  return gst_event_new_qos(type, script.real_number(), early ? 0 : jitter, time);
}

GstEvent* own_event(Script& script) {
  return script.flip() ? gst_video_event_new_downstream_force_key_unit(0, 0, 0, TRUE, 1)
                       : gst_event_new_custom(GST_EVENT_CUSTOM_DOWNSTREAM_OOB,
                                              gst_structure_new_empty("storm"));
}

}  // namespace

GstEvent* event_down(Script& script) {
  switch (script.below(9)) {
    case 0:
      return gst_event_new_eos();
    case 1:
      return segment_from(script);
    case 2:
      return gst_event_new_flush_start();
    case 3:
      return gst_event_new_flush_stop(static_cast<gboolean>(script.flip()));
    case 4:
      return gst_event_new_gap(script.below(10) * GST_SECOND, GST_SECOND);
    case 5:
      return tags_from(script);
    case 6:
      return gst_event_new_stream_start("another");
    case 7:
      return gst_event_new_segment_done(GST_FORMAT_TIME, script.below(10));
    default:
      return own_event(script);
  }
}

GstEvent* event_up(Script& script) {
  switch (script.below(6)) {
    case 0:
      return qos_from(script);
    case 1:
      return gst_event_new_reconfigure();
    case 2:
      return gst_event_new_seek(1, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH, GST_SEEK_TYPE_SET,
                                script.below(10), GST_SEEK_TYPE_NONE, 0);
    case 3:
      return gst_event_new_latency(script.below(10) * GST_MSECOND);
    case 4:
      return gst_event_new_step(GST_FORMAT_BUFFERS, 1, 1, TRUE, FALSE);
    default:
      return gst_video_event_new_upstream_force_key_unit(script.whole_number(), TRUE, 1);
  }
}

GstQuery* query_from(Script& script) {
  switch (script.below(8)) {
    case 0:
      return gst_query_new_latency();
    case 1: {
      const gst::Caps caps(caps_from(script));
      return gst_query_new_allocation(caps.get(), static_cast<gboolean>(script.flip()));
    }
    case 2: {
      const gst::Caps caps(caps_from(script));
      return gst_query_new_accept_caps(caps.get());
    }
    case 3: {
      const gst::Caps caps(script.flip() ? caps_from(script) : nullptr);
      return gst_query_new_caps(caps.get());
    }
    case 4:
      return gst_query_new_drain();
    case 5:
      return gst_query_new_position(GST_FORMAT_TIME);
    case 6:
      return gst_query_new_allocation(nullptr, FALSE);
    default:
      return gst_query_new_seeking(GST_FORMAT_TIME);
  }
}

}  // namespace mvga::fuzz
