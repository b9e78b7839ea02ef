// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgafit tells the application: progress, and what was learned.
#pragma once

#include <gst/gst.h>

#include <chrono>
#include <string>

#include "core/model.h"

namespace mvga::gst {

/// Posts `mvga-fit` element messages for programs and INFO messages for people, of which
/// gst-launch-1.0 prints the latter by itself. (Not PROGRESS: an application that sees one waits
/// for its end before it starts to play.)
class FitReport {
 public:
  explicit FitReport(GstElement* element) : element_(element) {}

  /// Call with every frame; posts at most once in half a second.
  void learned(std::uint64_t frames);
  /// Call with every frame looked at again; posts at most once in half a second.
  void calibrated(std::size_t done, std::size_t total);
  void saved(const Model& model, const std::string& path);
  void failed(const std::string& why);
  /// Warns when the held-out frames cannot support the rate that was asked for.
  void warn_of_broken_promise(const Model& model);

 private:
  using Clock = std::chrono::steady_clock;
  void begin();
  bool due();
  double seconds() const;
  void tell(const std::string& text);

  GstElement* element_;
  bool begun_ = false;
  Clock::time_point start_;
  Clock::time_point last_post_;
  Clock::time_point calibration_start_;
};

}  // namespace mvga::gst
