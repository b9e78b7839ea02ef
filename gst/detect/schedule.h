// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which frames are inferred.
#pragma once

#include <gst/gst.h>

#include <atomic>

#include "gst/detect/late_frames.h"
#include "gst/detect/settings.h"
#include "gst/frames/frame_flags.h"
#include "gst/frames/frame_times.h"

namespace mvga::gst {

enum class Scheduled {
  infer,
  hold,  ///< not by the interval, or nothing that a camera saw
  late,  ///< by the interval, but too late
};

/// Whether frames wait for inference: only then does it make them late.
enum class Waits { yes, no };

/// Used by the streaming thread, but for start_over().
class Schedule {
 public:
  /// However late frames are, one of each second is inferred: a watch that sees nothing is none.
  static constexpr GstClockTime kLongestBlind = GST_SECOND;

  Scheduled next(GstBuffer* buffer, const FrameTimes& times, const DetectElementSettings& settings,
                 const LateFrames& late_frames, Waits waits) {
    if (is_filler(buffer) || is_corrupted(buffer)) return Scheduled::hold;
    if (starts_over_.exchange(false)) passed_ = 0;
    const guint passed = passed_;
    passed_ = (passed + 1) % settings.inference_interval;
    if (passed != 0) return Scheduled::hold;
    const bool skips = settings.qos_policy == QosPolicy::skip_inference && waits == Waits::yes;
    if (skips && late_frames.is_late(times.running_time) && !is_blind(times.running_time))
      return Scheduled::late;
    inferred_ = times.running_time;
    return Scheduled::infer;
  }

  /// The next frame is inferred. From any thread.
  void start_over() { starts_over_ = true; }
  /// Running times begin anew.
  void forget_times() { inferred_ = GST_CLOCK_TIME_NONE; }

 private:
  bool is_blind(GstClockTime now) const {
    return !GST_CLOCK_TIME_IS_VALID(inferred_) || now < inferred_ ||
           now - inferred_ >= kLongestBlind;
  }

  std::atomic<bool> starts_over_ = false;
  guint passed_ = 0;
  GstClockTime inferred_ = GST_CLOCK_TIME_NONE;
};

}  // namespace mvga::gst
