// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How long to wait before the next attempt.
#pragma once

#include <glib.h>

#include <algorithm>
#include <chrono>

namespace mvga::gst::publish {

/// Doubles from a quarter of a second to 16 seconds. A random part of it, so that many cameras do
/// not come back to a broker in one moment.
class Backoff {
 public:
  std::chrono::milliseconds next() {
    const auto wait = current_;
    current_ = std::min(2 * current_, kLongest);
    return std::chrono::milliseconds(
        static_cast<long>(g_random_double_range(0.5, 1.0) * static_cast<double>(wait.count())));
  }
  void reset() { current_ = kShortest; }

 private:
  static constexpr std::chrono::milliseconds kShortest{250};
  static constexpr std::chrono::milliseconds kLongest{16'000};
  std::chrono::milliseconds current_ = kShortest;
};

}  // namespace mvga::gst::publish
