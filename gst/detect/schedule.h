// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which frames are looked at.
#pragma once

#include <gst/gst.h>

#include <atomic>

#include "gst/detect/late_frames.h"
#include "gst/detect/messages.h"
#include "gst/detect/settings.h"

namespace mvga::gst {

enum class Turn {
  look,
  hold,  ///< not its turn, or not a picture
  late,  ///< its turn, but too late
};

/// Used by the streaming thread, but for start_over().
class Schedule {
 public:
  /// However late frames are, one of each second is looked at: a watch that sees nothing is none.
  static constexpr GstClockTime kLongestBlind = GST_SECOND;

  Turn next(GstBuffer* buffer, const FrameTimes& times, const DetectElementSettings& settings,
            const LateFrames& late_frames) {
    // A gap is filler, not something that a camera saw.
    if (GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_GAP)) return Turn::hold;
    if (starts_over_.exchange(false)) passed_ = 0;
    const guint passed = passed_;
    passed_ = (passed + 1) % settings.inference_interval;
    if (passed != 0) return Turn::hold;
    const bool skips = settings.qos_policy == QosPolicy::skip_inference &&
                       settings.inference_mode != InferenceMode::decoupled;
    if (skips && late_frames.is_late(times.running_time) && !is_blind(times.running_time))
      return Turn::late;
    looked_ = times.running_time;
    return Turn::look;
  }

  /// The next frame is looked at. From any thread.
  void start_over() { starts_over_ = true; }
  /// Running times begin anew.
  void forget_times() { looked_ = GST_CLOCK_TIME_NONE; }

 private:
  bool is_blind(GstClockTime now) const {
    return !GST_CLOCK_TIME_IS_VALID(looked_) || now < looked_ || now - looked_ >= kLongestBlind;
  }

  std::atomic<bool> starts_over_ = false;
  guint passed_ = 0;
  GstClockTime looked_ = GST_CLOCK_TIME_NONE;
};

}  // namespace mvga::gst
