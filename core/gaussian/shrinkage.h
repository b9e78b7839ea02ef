// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Ledoit-Wolf shrinkage: how far a sample covariance is to be pulled towards a multiple of the
// identity.
#pragma once

#include <Eigen/Core>

namespace mvga {

/// Ledoit and Wolf 2004, "A well-conditioned estimator for large-dimensional covariance matrices",
/// lemma 3.2-3.4, written for coordinates in which the covariance is diagonal (principal
/// components): `variances` [p] of `count` centred samples, and the mean over the samples of |x|^4
/// there. The same as scikit-learn's ledoit_wolf_shrinkage(assume_centered=True).
/// @return the intensity, 0..1
double ledoit_wolf_shrinkage(const Eigen::VectorXd& variances, double mean_fourth_power,
                             double count);

}  // namespace mvga
