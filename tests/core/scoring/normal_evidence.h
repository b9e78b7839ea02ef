// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Evidence as normal images give it.
#pragma once

#include <cmath>
#include <cstddef>
#include <numeric>
#include <random>
#include <vector>

#include "core/scoring/evidence.h"

namespace mvga::test {

inline const std::vector<int> both_levels{0, 1};

inline AnomalyMap random_map(int side, double mean, double spread, std::mt19937& random) {
  std::normal_distribution<double> normal(mean, spread);
  AnomalyMap map{side, side, std::vector<float>(static_cast<std::size_t>(side) * side)};
  for (float& v : map.values) v = static_cast<float>(std::abs(normal(random)));
  return map;
}

// Two levels whose distances differ in size and spread, as those of a network do.
inline std::vector<Evidence> normal_images(int count, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::gamma_distribution<double> squared(8, 3);
  std::vector<Evidence> evidence;
  for (int i = 0; i < count; ++i)
    evidence.push_back({{squared(random), 5 * squared(random)},
                        {random_map(8, 7, 1, random), random_map(4, 20, 4, random)}});
  return evidence;
}

inline double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

inline double deviation_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += (v - mean_of(values)) * (v - mean_of(values));
  return std::sqrt(sum / static_cast<double>(values.size()));
}

}  // namespace mvga::test
