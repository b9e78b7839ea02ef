// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// inference-mode=async: several frames wait for their inferences at once.
#pragma once

#include <atomic>
#include <memory>

#include "gst/detect/lanes/frame_line.h"
#include "gst/detect/lanes/lane.h"

namespace mvga::gst {

class AsyncLane final : public Lane {
 public:
  AsyncLane(const DetectElementSettings& settings, LaneSteps steps);

  /// The frame leaves by itself. Waits for room.
  GstFlowReturn submit(const QueuedFrame& queued, GstBuffer** out) override;
  bool event(GstEvent* event) override;
  void drain() override { line_->drain(); }
  void start_flush() override { line_->stop(); }
  void stop_flush() override { line_->resume(); }
  void new_video(const GstVideoInfo& info) override;
  void stop() override { line_.reset(); }
  GstClockTime latency(GstClockTime own) const override { return own + time_in_line_; }

 private:
  GstFlowReturn leave(FrameInLine frame) const;

  LaneSteps steps_;
  guint most_in_flight_;
  std::atomic<GstClockTime> time_in_line_ = 0;  ///< of the last of so many frames
  std::unique_ptr<FrameLine> line_;             ///< until stop()
};

}  // namespace mvga::gst
