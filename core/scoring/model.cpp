// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/model.h"

namespace mvga {

std::vector<LevelGaussians> gaussians_of(std::span<const LevelModel> levels) {
  std::vector<LevelGaussians> gaussians;
  gaussians.reserve(levels.size());
  for (const LevelModel& level : levels)
    gaussians.push_back(
        {MahalanobisDistance(level.image), MahalanobisDistance(level.pixel), level.places});
  return gaussians;
}

Threshold promised_threshold(const Model& model, double wanted) {
  if (!model.promises) return {model.calibration.scores.back(), 1};
  return threshold_for(model.calibration.scores, wanted);
}

std::string warning_of_promise(const Model& model, const std::string& file) {
  if (model.promises) return {};
  return file + ": was learned from " + std::to_string(model.frames) +
         (model.frames == 1 ? " frame" : " frames") +
         ", too few to check on: no rate of false alarms is promised, and the threshold is a "
         "guess; "
         "learn from more, or set a threshold";
}

std::vector<int> Model::level_indexes() const {
  std::vector<int> indexes;
  for (const LevelModel& level : levels) indexes.push_back(level.shape.level);
  return indexes;
}

}  // namespace mvga
