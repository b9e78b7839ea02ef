// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/log_scale.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mvga {
namespace {

constexpr double kSmallest = 1e-30;  // so that a logarithm exists

}  // namespace

double LogScale::standardise(double value) const {
  return (std::log(std::max(value, kSmallest)) - mean) / deviation;
}

LogScale log_scale(std::vector<double> values) {
  for (double& v : values) v = std::log(std::max(v, kSmallest));
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  // Held-out images without any spread (few and alike) must not make the score infinite.
  return {mean, std::max(std::sqrt(squares / n), 1e-3)};
}

}  // namespace mvga
