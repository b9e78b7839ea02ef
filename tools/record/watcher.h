// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The detector, for frames as they come.
#pragma once

#include <optional>
#include <string>

#include "core/scoring/detector.h"
#include "tools/media/frames.h"
#include "tools/record/settings.h"

namespace mvga::tool {

class Watcher {
 public:
  /// Loads the model and its backbone.
  /// @throws Error
  explicit Watcher(const RecordSettings& settings);

  /// @throws Error
  Detection infer(const Frame& frame) { return detector_->detect(reader_->read(frame), settings_); }

  /// The model's file name without ending, as mvgadetect gives it.
  const std::string& model_id() const { return model_id_; }

 private:
  std::string model_id_;
  DetectSettings settings_;
  std::optional<Detector> detector_;
  std::optional<InputReader> reader_;
};

}  // namespace mvga::tool
