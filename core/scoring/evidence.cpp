// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/evidence.h"

#include <cmath>
#include <numeric>

#include "core/features/average_vector.h"

namespace mvga {

std::vector<AnomalyMap> maps_of(const Evidence& evidence, std::span<const int> levels) {
  std::vector<AnomalyMap> maps;
  maps.reserve(levels.size());
  for (const int level : levels) maps.push_back(evidence.maps[static_cast<std::size_t>(level)]);
  return maps;
}

double sum_of_image_distances(const Evidence& evidence) {
  return std::accumulate(evidence.image_distances.begin(), evidence.image_distances.end(), 0.0);
}

Evidence gather_evidence(const Levels& levels, std::span<const LevelGaussians> gaussians) {
  Evidence evidence;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const FeatureMap& features = levels[i];
    const std::vector<float> average = average_vector(features);
    float squared = 0;
    gaussians[i].image.squared(average.data(), 1, &squared);
    evidence.image_distances.push_back(squared);

    AnomalyMap map{features.height, features.width, std::vector<float>(features.positions())};
    gaussians[i].pixel.squared(features.values.get(), features.positions(), map.values.data());
    for (float& value : map.values) value = std::sqrt(value);
    evidence.maps.push_back(std::move(map));
  }
  return evidence;
}

}  // namespace mvga
