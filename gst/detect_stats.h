// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Counts and times of a run, for the property `stats`.
#pragma once

#include <gst/gst.h>

#include "core/detector.h"

namespace mvga::gst {

/// Sum and largest of a series of times.
class TimeSeries {
 public:
  void add(double seconds) {
    ++count_;
    sum_ += seconds;
    if (seconds > largest_) largest_ = seconds;
  }
  double mean_ms() const { return count_ > 0 ? 1000 * sum_ / static_cast<double>(count_) : 0; }
  double largest_ms() const { return 1000 * largest_; }

 private:
  guint64 count_ = 0;
  double sum_ = 0;
  double largest_ = 0;
};

struct DetectStats {
  guint64 frames = 0;    ///< that came in
  guint64 inferred = 0;  ///< looked at
  guint64 held = 0;      ///< passed with an earlier result
  guint64 skipped = 0;   ///< passed without a result
  guint64 failed = 0;    ///< passed with status error
  guint64 learning = 0;  ///< passed while learning
  guint64 events = 0;    ///< started
  TimeSeries convert;    ///< crop, scale and colour conversion
  TimeSeries backbone;
  TimeSeries score;
  TimeSeries draw;

  /// `mvga-stats`, times in milliseconds.
  GstStructure* to_structure() const;
};

}  // namespace mvga::gst
