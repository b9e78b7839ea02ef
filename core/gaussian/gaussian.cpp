// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/gaussian.h"

#include <vector>

#include "core/gaussian/shrinkage.h"

namespace mvga {

double mean_fourth_power(const KeptSpace& space, const VectorSample& sample, int left_out) {
  FourthPowers powers(space);
  const auto channels = static_cast<std::size_t>(sample.channels());
  constexpr std::size_t block_size = 512;
  std::vector<float> block;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample.tag(i) != left_out)
      block.insert(block.end(), sample.vector(i), sample.vector(i) + channels);
    if (block.size() == block_size * channels || i + 1 == sample.size()) {
      powers.add(block.data(), block.size() / channels);
      block.clear();
    }
  }
  return powers.mean();
}

Gaussian fit_gaussian(const KeptSpace& space, double mean_fourth_power) {
  Gaussian gaussian;
  gaussian.mean = space.mean;
  gaussian.shrinkage = ledoit_wolf_shrinkage(space.variances, mean_fourth_power, space.count);
  const double delta = gaussian.shrinkage;
  // Without any shrinkage (perfectly round data) a direction without variance must stay finite.
  const Eigen::VectorXd shrunk =
      ((1 - delta) * space.variances.array() + delta * space.variances.mean())
          .cwiseMax(1e-12 * space.largest_variance);
  gaussian.whitening =
      (shrunk.cwiseSqrt().cwiseInverse().asDiagonal() * space.directions.transpose()).cast<float>();
  return gaussian;
}

Gaussian fit_gaussian(const Moments& moments, const VectorSample& sample,
                      const Reduction& reduction, int left_out) {
  const KeptSpace space = kept_space(moments, reduction);
  return fit_gaussian(space, mean_fourth_power(space, sample, left_out));
}

}  // namespace mvga
