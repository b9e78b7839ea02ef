// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning from the first frames of the stream that is watched afterwards.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <memory>
#include <string>

#include "core/learning/learner.h"
#include "gst/detect/model_in_use.h"
#include "gst/detect/settings.h"
#include "gst/learning/fit_report.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {

/// Used by the streaming thread. Progress is told as mvgafit tells it.
class LearnInPlace {
 public:
  /// Opens the backbone, and finds out whether the model can be written.
  /// @throws Error
  LearnInPlace(GstElement* element, const DetectElementSettings& settings);

  /// What is known of it already.
  ModelInUse model_to_be() const;
  LearningProgress progress() const { return {learner_.frames(), wanted_}; }
  bool complete() const { return learner_.frames() >= wanted_; }

  /// @throws Error
  void add(const RgbView& image);
  /// So many frames came damaged, and were not learned.
  void left_out(std::uint64_t corrupted) { report_.left_out(corrupted); }

  /// Fits, calibrates and writes the model; takes about as long as 300 frames do.
  /// @throws Error which says that no model was written
  SharedModel finish();

  /// The stream has ended before there was enough to see. Said once; `stopped`: the application may
  /// not listen to the bus any more, so GLib's log has it as well.
  void give_up(bool stopped);

 private:
  LearnInPlace(GstElement* element, std::shared_ptr<const Backbone> backbone,
               const DetectElementSettings& settings);

  GstElement* element_;
  std::string path_;
  std::uint64_t wanted_;
  std::shared_ptr<const Backbone> backbone_;
  Learner learner_;
  FitReport report_;
  bool given_up_ = false;
};

/// Null unless mvgadetect is to learn: `learn-frames` is set, and there is no file at `model`.
/// @throws Error
std::unique_ptr<LearnInPlace> learning_if_wanted(GstElement* element,
                                                 const DetectElementSettings& settings);

}  // namespace mvga::gst
