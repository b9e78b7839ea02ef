// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/segmentation.h"

#include <cmath>
#include <cstddef>
#include <limits>

namespace mvga::tool {

// Picture by picture, as Chan, Golub and LeVeque (1979) put variances together.
void NormalPixels::add(const AnomalyMap& map) {
  const auto count = static_cast<double>(map.values.size());
  double sum = 0;
  for (const float value : map.values) sum += value;
  const double mean = sum / count;
  double squares = 0;
  for (const float value : map.values) squares += (value - mean) * (value - mean);
  const double step = mean - mean_;
  const double all = count_ + count;
  squares_ += squares + step * step * count_ * count / all;
  mean_ += step * count / all;
  count_ = all;
}

double NormalPixels::limit() const {
  return mean_ + 3 * std::sqrt(squares_ / count_);
}

void Segmentation::add(const AnomalyMap& map, std::span<const std::uint8_t> defect) {
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    const bool above = is_above(map.values[i]);
    marked_ += defect[i] != 0 ? 1 : 0;
    above_ += above ? 1 : 0;
    both_ += above && defect[i] != 0 ? 1 : 0;
  }
}

void Segmentation::add(const AnomalyMap& map) {
  for (const float value : map.values) above_ += is_above(value) ? 1 : 0;
}

double Segmentation::f1() const {
  if (marked_ == 0) return std::numeric_limits<double>::quiet_NaN();
  return 200 * static_cast<double>(both_) / static_cast<double>(marked_ + above_);
}

}  // namespace mvga::tool
