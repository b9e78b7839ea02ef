// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/image_gaussian.h"

#include <Eigen/Eigenvalues>
#include <vector>

#include "core/base/error.h"
#include "core/gaussian/kept_space.h"

namespace mvga {
namespace {

// Of the mean variance: directions in which positions hardly differ must not count without bound.
constexpr double kFloor = 1e-3;

/// W with W^T S W = identity, S the covariance plus the floor; [channels, channels].
Eigen::MatrixXd whitening_of(const Moments& moments) {
  if (moments.count() < 2)
    throw Error(ErrorKind::too_few, "a Gaussian needs at least two feature vectors");
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(moments.scatter() / moments.count());
  const Eigen::VectorXd variances = solver.eigenvalues().cwiseMax(0.0);
  if (!(variances.mean() > 0))
    throw Error(ErrorKind::too_few, "the normal feature vectors are all the same");
  const Eigen::VectorXd raised = variances.array() + kFloor * variances.mean();
  return solver.eigenvectors() * raised.cwiseSqrt().cwiseInverse().asDiagonal();
}

double mean_fourth_power_in(const KeptSpace& space, const Eigen::MatrixXd& whitening,
                            const VectorSample& sample, int left_out) {
  FourthPowers powers(space);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample.tag(i) == left_out) continue;
    const Eigen::Map<const Eigen::VectorXf> vector(sample.vector(i), sample.channels());
    const Eigen::VectorXf whitened = (whitening.transpose() * vector.cast<double>()).cast<float>();
    powers.add(whitened.data(), 1);
  }
  return powers.mean();
}

}  // namespace

Gaussian fit_image_gaussian(const Moments& image, const VectorSample& image_sample,
                            const Moments& pixel, int left_out) {
  const Eigen::MatrixXd whitening = whitening_of(pixel);
  const KeptSpace space = kept_space(image.projected(whitening), {ReductionKind::none, 1});
  Gaussian gaussian =
      fit_gaussian(space, mean_fourth_power_in(space, whitening, image_sample, left_out));
  gaussian.mean = image.mean();
  gaussian.whitening = (gaussian.whitening.cast<double>() * whitening.transpose()).cast<float>();
  return gaussian;
}

}  // namespace mvga
