// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// inference-mode=sync: every frame waits for its own inference.
#pragma once

#include <utility>

#include "gst/detect/lanes/lane.h"

namespace mvga::gst {

class SyncLane final : public Lane {
 public:
  explicit SyncLane(LaneSteps steps) : steps_(std::move(steps)) {}

  /// One frame in, one frame out: the way of the base class.
  GstFlowReturn submit(const QueuedFrame& queued, GstBuffer** out) override;

 private:
  GstFlowReturn pass(GstBuffer* frame) const;

  LaneSteps steps_;
};

}  // namespace mvga::gst
