// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From what frames take to the latency that a pipeline is told.
#pragma once

#include <gst/gst.h>

#include <array>
#include <cstddef>
#include <mutex>

namespace mvga::gst {

/// Covers the slowest of the last frames with a little headroom. Follows at once when a frame takes
/// longer, and goes down only when all of a window take much less: each change makes the pipeline
/// ask all its elements again. Thread-safe.
class LatencyMeter {
 public:
  static constexpr std::size_t kWindow = 128;
  static constexpr double kHeadroom = 1.1;
  /// Lower than this share of what was said is said anew.
  static constexpr double kMuchLess = 0.5;

  /// @return whether what is to be told has changed
  bool add(GstClockTime spent);
  GstClockTime latency() const;

 private:
  mutable std::mutex mutex_;
  std::array<GstClockTime, kWindow> window_{};
  std::size_t next_ = 0;
  GstClockTime latency_ = 0;
};

}  // namespace mvga::gst
