// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/lanes/async_lane.h"

#include <algorithm>
#include <utility>

#include "gst/element/clock_time.h"

namespace mvga::gst {
namespace {

GstClockTime frame_time(const GstVideoInfo& video) {
  if (video.fps_n <= 0) return 0;
  return gst_util_uint64_scale_int(GST_SECOND, video.fps_d, video.fps_n);
}

// As many as it takes to fill a batch, and to keep every processor busy: inferences that wait for
// one another share the processors, which is faster than all of them for one after the other.
std::size_t inference_threads_for(const DetectElementSettings& settings) {
  return std::min(settings.max_in_flight,
                  std::max(settings.batch_size, 2 * g_get_num_processors()));
}

// Events that change what the element itself works with, or that are the last: what came before
// has to have left by then. All others wait in the line like a frame.
bool is_turning_point(GstEventType type) {
  switch (type) {
    case GST_EVENT_STREAM_START:
    case GST_EVENT_CAPS:
    case GST_EVENT_SEGMENT:
    case GST_EVENT_SEGMENT_DONE:
    case GST_EVENT_EOS:
      return true;
    default:
      return false;
  }
}

}  // namespace

AsyncLane::AsyncLane(const DetectElementSettings& settings, LaneSteps steps)
    : steps_(std::move(steps)),
      most_in_flight_(settings.max_in_flight),
      line_(std::make_unique<FrameLine>(
          FrameLine::Steps{steps_.infer, steps_.infers_one_at_a_time,
                           [this](FrameInLine frame) { return leave(std::move(frame)); },
                           steps_.push_event},
          FrameLine::Size{most_in_flight_, inference_threads_for(settings)})) {}

GstFlowReturn AsyncLane::submit(const QueuedFrame& queued, GstBuffer** out) {
  *out = nullptr;
  Owned<GstBuffer> buffer = queued.take();
  if (!buffer) return GST_FLOW_OK;
  buffer.reset(gst_buffer_make_writable(buffer.release()));
  AdmittedFrame admitted = steps_.admit(buffer.get(), Waits::yes);
  return line_->enter({std::move(buffer), std::move(admitted.snapshot), admitted.scheduled, {}});
}

GstFlowReturn AsyncLane::leave(FrameInLine frame) const {
  GstBuffer* buffer = frame.buffer.get();
  GstFlowReturn flow = GST_FLOW_OK;
  if (frame.scheduled == Scheduled::infer) {
    const InferenceTimes& times = frame.inference.times;
    flow = steps_.finish(buffer, frame.inference,
                         to_clock_time(times.convert + times.backbone + times.score));
  } else {
    flow = steps_.hold(buffer, frame.snapshot);
  }
  return flow == GST_FLOW_OK ? steps_.push(std::move(frame.buffer)) : flow;
}

bool AsyncLane::event(GstEvent* event) {
  if (is_turning_point(GST_EVENT_TYPE(event))) return false;
  line_->enter(Owned<GstEvent>(gst_event_ref(event)));
  return true;
}

void AsyncLane::new_video(const GstVideoInfo& info) {
  time_in_line_ = (most_in_flight_ - 1) * frame_time(info);
}

}  // namespace mvga::gst
