// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/evidence.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/features/average_vector.h"

namespace mvga {

namespace {

constexpr int kAtOnce = 24;  // positions, at least: the distance kernel takes several

void measure_positions(const FeatureMap& features, const LevelGaussians& gaussians,
                       float* squared) {
  if (gaussians.places.empty()) {
    gaussians.pixel.squared(features.values.get(), features.positions(), squared);
    return;
  }
  PlaceRows places(gaussians.places, features.height, features.width);
  const int rows = (kAtOnce + features.width - 1) / features.width;
  for (int y = 0; y < features.height; y += rows) {
    const int taken = std::min(rows, features.height - y);
    const std::size_t before = static_cast<std::size_t>(y) * features.width;
    gaussians.pixel.squared_about(
        places.rows(y, taken), features.values.get() + before * features.channels,
        static_cast<std::size_t>(taken) * features.width, squared + before);
  }
}

}  // namespace

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
    measure_positions(features, gaussians[i], map.values.data());
    for (float& value : map.values) value = std::sqrt(value);
    evidence.maps.push_back(std::move(map));
  }
  return evidence;
}

}  // namespace mvga
