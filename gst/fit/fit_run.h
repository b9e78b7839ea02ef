// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgafit does between start and stop.
#pragma once

#include <gst/video/video.h>

#include <memory>
#include <optional>
#include <string>

#include "core/features/backbone.h"
#include "core/learning/learner.h"
#include "gst/fit/settings.h"
#include "gst/frames/frame_reader.h"
#include "gst/learning/fit_report.h"

namespace mvga::gst {

/// Used by the streaming thread, and by state changes while that is stopped.
class FitRun {
 public:
  /// Opens the backbone, and makes sure that the model can be written.
  /// @throws Error
  FitRun(GstElement* element, FitElementSettings settings);

  /// The caps have changed.
  /// @throws Error
  void configure(const GstVideoInfo& info);
  /// Learns the frame; with the last of max-frames, writes the model. Posts what goes wrong.
  GstFlowReturn learn(GstBuffer* buffer);
  /// The stream is over: fits, calibrates and writes, once. Posts an error when that fails; the old
  /// file stays.
  /// @return false if it failed now
  bool finish();
  /// The stream is stopped without its end: what was seen is worth a model all the same.
  void interrupt();

 private:
  template <typename Action>
  bool guarded_step(Action&& action);
  void learn_with(std::shared_ptr<const Backbone> backbone);
  void release();
  std::string what_was_left_out() const;

  GstElement* element_;
  FitElementSettings settings_;
  Box roi_;
  std::shared_ptr<const Backbone> backbone_;
  std::optional<Learner> learner_;  ///< until a model is written or that has failed for good
  FrameReader reader_;
  guint64 corrupted_ = 0;  ///< frames that were damaged, and not learned
  FitReport report_;
};

}  // namespace mvga::gst
