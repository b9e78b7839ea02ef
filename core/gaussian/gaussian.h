// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The normal features of one level (paper, section 3.3).
#pragma once

#include <Eigen/Core>

#include "core/gaussian/kept_space.h"
#include "core/gaussian/moments.h"
#include "core/gaussian/reduction.h"
#include "core/gaussian/vector_sample.h"

namespace mvga {

/// A multivariate Gaussian in the form that scoring needs.
/// |whitening * (x - mean)|^2 is the squared Mahalanobis distance of x (paper, eq. 3).
struct Gaussian {
  using Whitening = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  Eigen::VectorXd mean;  ///< [channels]
  Whitening whitening;   ///< [kept, channels]
  double shrinkage = 0;  ///< Ledoit-Wolf intensity, 0..1

  int channels() const { return static_cast<int>(mean.size()); }
  int kept() const { return static_cast<int>(whitening.rows()); }
};

/// Mean of |x - mean|^4 in the kept space over a sample of the vectors; those with the tag
/// `left_out` are passed over.
double mean_fourth_power(const KeptSpace& space, const VectorSample& sample, int left_out = -1);

/// With shrinkage delta
///   whitening = diag(((1 - delta) lambda + delta mean(lambda))^-1/2) V^T.
Gaussian fit_gaussian(const KeptSpace& space, double mean_fourth_power);

/// The same from accumulated moments and a sample of the vectors.
/// @throws Error too_few if fewer than two vectors were seen or they do not differ
Gaussian fit_gaussian(const Moments& moments, const VectorSample& sample,
                      const Reduction& reduction, int left_out = -1);

}  // namespace mvga
