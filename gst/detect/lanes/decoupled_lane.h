// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// inference-mode=decoupled: no frame waits; the newest one is inferred, and frames carry the last
// result.
#pragma once

#include "gst/detect/lanes/lane.h"
#include "gst/detect/lanes/newest_frame.h"

namespace mvga::gst {

class DecoupledLane final : public Lane {
 public:
  explicit DecoupledLane(LaneSteps steps);

  GstFlowReturn submit(const QueuedFrame& queued, GstBuffer** out) override;
  void forget() override { newest_->forget(); }
  void new_video(const GstVideoInfo& /*info*/) override { newest_->forget(); }
  void finish() override;
  void stop() override { newest_.reset(); }
  /// What is left is attaching: not worth a word, unless it draws much.
  GstClockTime latency(GstClockTime own) const override { return own < GST_MSECOND ? 0 : own; }

 private:
  bool take_in_news();

  LaneSteps steps_;
  std::unique_ptr<NewestFrame> newest_;  ///< until stop()
};

}  // namespace mvga::gst
