// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/level_scales.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace mvga {
namespace {

constexpr float kSmallestDistance = 1e-6f;  // far below what any normal position has

float logarithm(float distance) {
  return std::log(std::max(distance, kSmallestDistance));
}

/// Of the numbers that `value` makes of the distances of one level.
template <typename Value>
LevelScale level_scale(std::span<const Evidence> held_out, std::size_t level, Value value) {
  double count = 0;
  double sum = 0;
  double squares = 0;
  for (const Evidence& e : held_out) {
    for (const float distance : e.maps[level].values) {
      const double v = value(distance);
      sum += v;
      squares += v * v;
    }
    count += static_cast<double>(e.maps[level].values.size());
  }
  const double mean = sum / count;
  const double deviation = std::sqrt(std::max(squares / count - mean * mean, 0.0));
  return {static_cast<float>(mean),
          static_cast<float>(std::max(deviation, 1e-6 * std::abs(mean) + 1e-12))};
}

template <typename Value>
std::vector<LevelScale> level_scales(std::span<const Evidence> held_out, Value value) {
  std::vector<LevelScale> scales;
  for (std::size_t level = 0; level < held_out[0].maps.size(); ++level)
    scales.push_back(level_scale(held_out, level, value));
  return scales;
}

}  // namespace

void take_logarithms(std::vector<AnomalyMap>& maps) {
  for (AnomalyMap& map : maps)
    std::transform(map.values.begin(), map.values.end(), map.values.begin(), logarithm);
}

std::vector<LevelScale> scales_of_distances(std::span<const Evidence> held_out) {
  return level_scales(held_out, [](float distance) { return distance; });
}

std::vector<LevelScale> scales_of_logarithms(std::span<const Evidence> held_out) {
  return level_scales(held_out, logarithm);
}

}  // namespace mvga
