// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/latency_meter.h"

#include <algorithm>

namespace mvga::gst {
namespace {

GstClockTime scaled(GstClockTime time, double factor) {
  return static_cast<GstClockTime>(static_cast<double>(time) * factor);
}

}  // namespace

bool LatencyMeter::add(GstClockTime spent) {
  const std::lock_guard lock(mutex_);
  window_[next_] = spent;
  next_ = (next_ + 1) % kWindow;
  if (spent > latency_) {
    latency_ = scaled(spent, kHeadroom);
    return true;
  }
  if (next_ != 0) return false;  // once in each full window is enough
  const GstClockTime enough = scaled(*std::max_element(window_.begin(), window_.end()), kHeadroom);
  if (enough >= scaled(latency_, kMuchLess)) return false;
  latency_ = enough;
  return true;
}

GstClockTime LatencyMeter::latency() const {
  const std::lock_guard lock(mutex_);
  return latency_;
}

}  // namespace mvga::gst
