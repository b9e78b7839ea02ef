// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/lanes/sync_lane.h"

#include "core/base/stopwatch.h"
#include "gst/element/clock_time.h"

namespace mvga::gst {

GstFlowReturn SyncLane::submit(const QueuedFrame& queued, GstBuffer** out) {
  return queued.change_in_place([this](GstBuffer* frame) { return pass(frame); }, out);
}

GstFlowReturn SyncLane::pass(GstBuffer* frame) const {
  const Stopwatch watch;
  const AdmittedFrame admitted = steps_.admit(frame, Waits::yes);
  if (admitted.scheduled != Scheduled::infer) return steps_.hold(frame, admitted.snapshot);
  const Inference inference = steps_.infer(frame, admitted.snapshot);
  // The frame with which learning ends takes much longer than any other.
  const double seconds = inference.ended_learning ? 0 : watch.seconds();
  return steps_.finish(frame, inference, to_clock_time(seconds));
}

}  // namespace mvga::gst
