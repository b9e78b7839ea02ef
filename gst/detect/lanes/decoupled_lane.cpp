// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/lanes/decoupled_lane.h"

#include <utility>

namespace mvga::gst {

DecoupledLane::DecoupledLane(LaneSteps steps)
    : steps_(std::move(steps)), newest_(std::make_unique<NewestFrame>(steps_.infer)) {}

GstFlowReturn DecoupledLane::submit(const QueuedFrame& queued, GstBuffer** out) {
  *out = nullptr;
  Owned<GstBuffer> buffer = queued.take();
  if (!buffer) return GST_FLOW_OK;
  if (!take_in_news()) return GST_FLOW_ERROR;
  const AdmittedFrame admitted = steps_.admit(buffer.get(), Waits::no);
  if (admitted.scheduled == Scheduled::infer) {
    // What goes on is a copy that shares the picture, as it is about to be written to.
    Owned<GstBuffer> copy(gst_buffer_copy(buffer.get()));
    newest_->offer(std::move(buffer), admitted.snapshot);
    buffer = std::move(copy);
  } else {
    buffer.reset(gst_buffer_make_writable(buffer.release()));
  }
  const GstFlowReturn flow = steps_.hold(buffer.get(), admitted.snapshot);
  if (flow == GST_FLOW_OK) *out = buffer.release();
  return flow;
}

bool DecoupledLane::take_in_news() {
  bool good = true;
  for (const Inference& inference : newest_->collect()) good = steps_.take_in(inference) && good;
  return good;
}

void DecoupledLane::finish() {
  newest_->wait_until_idle();
  take_in_news();
}

}  // namespace mvga::gst
