// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/kept_space.h"

#include <Eigen/Eigenvalues>

#include "core/base/error.h"

namespace mvga {

KeptSpace kept_space(const Moments& moments, const Reduction& reduction) {
  if (moments.count() < 2)
    throw Error(ErrorKind::too_few, "a Gaussian needs at least two feature vectors");
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(moments.scatter() / moments.count());
  // Rounding leaves tiny negative eigenvalues where the data have no variance.
  const Eigen::VectorXd variances = solver.eigenvalues().reverse().cwiseMax(0.0);
  const Eigen::MatrixXd directions = solver.eigenvectors().rowwise().reverse();
  const ComponentRange kept = kept_components(variances, reduction);

  KeptSpace space;
  space.mean = moments.mean();
  space.variances = variances.segment(kept.first, kept.count);
  if (!(space.variances.mean() > 0))
    throw Error(ErrorKind::too_few, "the normal feature vectors are all the same");
  space.directions = directions.middleCols(kept.first, kept.count);
  const Eigen::Index behind = directions.cols() - kept.first - kept.count;
  space.dropped.resize(directions.rows(), kept.first + behind);
  space.dropped << directions.leftCols(kept.first), directions.rightCols(behind);
  space.largest_variance = variances[0];
  space.count = moments.count();
  return space;
}

// Projects on whichever side is smaller: the squared norm in the kept space is the whole squared
// norm less that in the dropped one.
FourthPowers::FourthPowers(const KeptSpace& space)
    : space_(space),
      by_remainder_(space.dropped.cols() < space.directions.cols()),
      basis_((by_remainder_ ? space.dropped : space.directions).transpose()) {}

void FourthPowers::add(const float* vectors, std::size_t rows) {
  const Eigen::Map<const Eigen::MatrixXf> block(vectors, space_.mean.size(),
                                                static_cast<Eigen::Index>(rows));
  const Eigen::MatrixXd x = block.cast<double>().colwise() - space_.mean;
  const Eigen::RowVectorXd projected = (basis_ * x).colwise().squaredNorm();
  if (by_remainder_)
    sum_ += (x.colwise().squaredNorm() - projected).cwiseMax(0.0).squaredNorm();
  else
    sum_ += projected.squaredNorm();
  count_ += static_cast<double>(rows);
}

}  // namespace mvga
