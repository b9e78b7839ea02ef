// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From an image to a verdict.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/scoring/detection.h"
#include "core/scoring/evidence.h"
#include "core/scoring/model.h"

namespace mvga {

/// What can change from image to image.
struct DetectSettings {
  std::optional<double> threshold;   ///< none: the one that keeps the false-alarm rate
  std::optional<double> target_fpr;  ///< none: the model's
  int max_regions = 16;
  double min_region_area = 0;  ///< share of the frame; smaller regions are not reported
  Box roi;  ///< the part of the frame that the image shows; boxes are moved there
};

/// Where the time of one image went, in seconds.
struct StageTimes {
  double backbone = 0;
  double scoring = 0;
};

/// A model and its backbone, ready to score. Immutable, so safe to share between threads.
class Detector {
 public:
  /// @throws Error unreadable if the model was made with another backbone, weights file or levels
  Detector(std::shared_ptr<const Backbone> backbone, Model model);

  /// @param image input_size x input_size pixels
  /// @throws Error engine, no_space
  Detection detect(const RgbView& image, const DetectSettings& settings,
                   StageTimes* times = nullptr) const;

  const Model& model() const { return model_; }
  const std::shared_ptr<const Backbone>& backbone() const { return backbone_; }

 private:
  Detection judge(const Evidence& evidence, const DetectSettings& settings) const;

  std::shared_ptr<const Backbone> backbone_;
  Model model_;
  std::vector<LevelGaussians> gaussians_;
};

/// Settings that open the backbone a model was made with.
BackboneSettings backbone_settings_for(const Model& model);

}  // namespace mvga
