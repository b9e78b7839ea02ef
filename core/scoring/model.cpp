// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/model.h"

namespace mvga {

std::vector<LevelGaussians> gaussians_of(std::span<const LevelModel> levels) {
  std::vector<LevelGaussians> gaussians;
  gaussians.reserve(levels.size());
  for (const LevelModel& level : levels)
    gaussians.push_back({MahalanobisDistance(level.image), MahalanobisDistance(level.pixel)});
  return gaussians;
}

std::vector<int> Model::level_indexes() const {
  std::vector<int> indexes;
  for (const LevelModel& level : levels) indexes.push_back(level.shape.level);
  return indexes;
}

}  // namespace mvga
