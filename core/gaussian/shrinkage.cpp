// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/shrinkage.h"

#include <algorithm>

namespace mvga {

double ledoit_wolf_shrinkage(const Eigen::VectorXd& variances, double mean_fourth_power,
                             double count) {
  const auto p = static_cast<double>(variances.size());
  const double mu = variances.mean();
  const double squared_norm = variances.squaredNorm();
  const double spread = (squared_norm - p * mu * mu) / p;                 // d^2 of the paper
  const double error = (mean_fourth_power - squared_norm) / (p * count);  // b^2 before the minimum
  if (!(spread > 0)) return 0;  // already a multiple of the identity
  return std::clamp(error / spread, 0.0, 1.0);
}

}  // namespace mvga
