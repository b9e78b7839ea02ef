// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// No exception goes through GStreamer.
#pragma once

#include <gst/gst.h>

#include <exception>
#include <mutex>
#include <utility>

namespace mvga::tool {

/// Keeps the first exception of the stream's threads for the one that watches.
class FirstFailure {
 public:
  template <typename Work>
  GstFlowReturn guard(const Work& work) {
    try {
      work();
      return GST_FLOW_OK;
    } catch (...) {
      keep(std::current_exception());
      return GST_FLOW_ERROR;
    }
  }
  void keep(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
  }
  void rethrow() const {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  mutable std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace mvga::tool
