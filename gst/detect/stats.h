// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Counts and times of a run, for the property `stats`.
#pragma once

#include <gst/gst.h>

#include <cstddef>
#include <mutex>
#include <vector>

#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// The times of the last kWindow frames, and largest and sum of all.
class TimeSeries {
 public:
  static constexpr std::size_t kWindow = 512;

  void add(double seconds);
  /// In milliseconds; 0 without any. @param share 0.5: median
  double quantile_ms(double share) const;
  double largest_ms() const { return 1000 * largest_; }
  double total_ms() const { return 1000 * total_; }

 private:
  std::vector<float> window_;
  std::size_t next_ = 0;
  double largest_ = 0;
  double total_ = 0;
};

struct DetectStats {
  guint64 frames = 0;     ///< that came in
  guint64 inferred = 0;   ///< with a result of their own
  guint64 held = 0;       ///< passed with an earlier result
  guint64 skipped = 0;    ///< passed without a result
  guint64 failed = 0;     ///< passed with status error
  guint64 learning = 0;   ///< passed while learning
  guint64 corrupted = 0;  ///< passed because they were damaged
  guint64 late = 0;       ///< of those held or skipped: to be inferred, but late
  guint64 events = 0;     ///< started
  TimeSeries convert;     ///< crop, scale and colour conversion
  TimeSeries backbone;
  TimeSeries score;
  TimeSeries draw;
  TimeSeries heatmap;  ///< painting it for its pad
  double last_score = 0;

  /// Of frames that leave with this status; null for fresh ones, which `inferred` counts.
  guint64* counter_of(FrameStatus status);

  /// `mvga-stats`, times in milliseconds.
  GstStructure* to_structure() const;
};

/// For several threads.
class SharedStats {
 public:
  template <typename Change>
  void change(Change&& change) {
    const std::lock_guard lock(mutex_);
    change(stats_);
  }
  DetectStats get() const {
    const std::lock_guard lock(mutex_);
    return stats_;
  }

 private:
  mutable std::mutex mutex_;
  DetectStats stats_;
};

}  // namespace mvga::gst
