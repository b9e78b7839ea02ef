// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a step takes.
#pragma once

#include <gst/gst.h>

#include <chrono>

namespace mvga::gst {

inline GstClockTime to_clock_time(double seconds) {
  return static_cast<GstClockTime>(seconds * static_cast<double>(GST_SECOND));
}

/// Runs from its construction on.
class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }
  GstClockTime time() const { return to_clock_time(seconds()); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace mvga::gst
