// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which frames come too late to be worth an inference, from what the sink says in QOS events.
#pragma once

#include <gst/gst.h>

#include <mutex>

namespace mvga::gst {

/// Thread-safe: QOS events come from the sink's thread.
class LateFrames {
 public:
  /// What the sink thinks of the frames that it has got.
  struct Verdict {
    gdouble proportion = 1;
    GstClockTimeDiff jitter = 0;
  };

  void observe(GstEvent* qos);
  /// After a flush, or in another segment, running times begin anew.
  void reset();

  /// Whether a frame of this running time would be late even if it took no time from here on.
  bool is_late(GstClockTime running_time) const;
  Verdict verdict() const;

 private:
  mutable std::mutex mutex_;
  GstClockTime earliest_ = GST_CLOCK_TIME_NONE;
  Verdict verdict_;
};

}  // namespace mvga::gst
