// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/watch/snapshots.h"

#include <algorithm>

#include "examples/common/structure.h"

namespace watch {
namespace {

using mvga::examples::Caps;
using mvga::examples::Sample;

constexpr std::size_t kMostSnapshots = 23;
constexpr double kSlice = 5;  // seconds

double time_in_video(GstPad* pad, GstBuffer* buffer) {
  GstEvent* event = gst_pad_get_sticky_event(pad, GST_EVENT_SEGMENT, 0);
  const GstSegment* segment = nullptr;
  gst_event_parse_segment(event, &segment);
  const GstClockTime time =
      gst_segment_to_stream_time(segment, GST_FORMAT_TIME, GST_BUFFER_PTS(buffer));
  gst_event_unref(event);
  return GST_CLOCK_TIME_IS_VALID(time) ? static_cast<double>(time) / GST_SECOND : 0;
}

// A copy: the decoder wants its buffer back.
Sample copy_of(GstPad* pad, GstBuffer* buffer) {
  const Caps caps(gst_pad_get_current_caps(pad));
  GstBuffer* copy = gst_buffer_copy_deep(buffer);
  Sample sample(gst_sample_new(copy, caps.get(), nullptr, nullptr));
  gst_buffer_unref(copy);
  return sample;
}

}  // namespace

void Snapshots::follow(GstPad* pad) {
  gst_pad_add_probe(
      pad, GST_PAD_PROBE_TYPE_BUFFER,
      [](GstPad* from, GstPadProbeInfo* info, gpointer self) {
        static_cast<Snapshots*>(self)->look(from, GST_PAD_PROBE_INFO_BUFFER(info));
        return GST_PAD_PROBE_OK;
      },
      this, nullptr);
}

void Snapshots::look(GstPad* pad, GstBuffer* buffer) {
  ++frames_;
  GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, "MvgaAnomalyMeta");
  if (meta == nullptr) return;
  const GstStructure* result = gst_custom_meta_get_structure(meta);
  if (!gst_structure_has_field(result, "score")) return;
  const double score = mvga::examples::number(result, "score");
  const std::uint64_t event = mvga::examples::whole_number(result, "event-id");
  if (event > 0)
    keep_best(event, score, pad, buffer);
  else if (!most_normal_.frame || score < most_normal_.score)
    most_normal_ = {score, time_in_video(pad, buffer), copy_of(pad, buffer)};
}

void Snapshots::keep_best(std::uint64_t event, double score, GstPad* pad, GstBuffer* buffer) {
  const double time = time_in_video(pad, buffer);
  const EventAndSlice key{event, static_cast<int>(time / kSlice)};
  const auto known = of_events_.find(key);
  if (known != of_events_.end() && score <= known->second.score) return;
  of_events_[key] = {score, time, copy_of(pad, buffer)};
  if (of_events_.size() > kMostSnapshots)
    of_events_.erase(std::min_element(
        of_events_.begin(), of_events_.end(),
        [](const auto& a, const auto& b) { return a.second.score < b.second.score; }));
}

}  // namespace watch
