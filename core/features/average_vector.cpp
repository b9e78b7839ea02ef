// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/average_vector.h"

#include <cstddef>

namespace mvga {

std::vector<float> average_vector(const FeatureMap& features) {
  if (!features.average.empty()) return features.average;
  std::vector<double> sum(static_cast<std::size_t>(features.channels));
  for (std::size_t i = 0; i < features.positions(); ++i) {
    const auto x = features.position(i);
    for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += x[c];
  }
  std::vector<float> average(sum.size());
  for (std::size_t c = 0; c < sum.size(); ++c)
    average[c] = static_cast<float>(sum[c] / static_cast<double>(features.positions()));
  return average;
}

}  // namespace mvga
