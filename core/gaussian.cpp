// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian.h"

#include <Eigen/Eigenvalues>
#include <algorithm>

#include "core/io/error.h"
#include "core/shrinkage.h"

namespace mvga {
namespace {

struct PrincipalComponents {
  Eigen::VectorXd variances;   // descending
  Eigen::MatrixXd directions;  // a column each
};

PrincipalComponents principal_components(const Moments& moments) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(moments.scatter() / moments.count());
  // Rounding leaves tiny negative eigenvalues where the data have no variance.
  return {solver.eigenvalues().reverse().cwiseMax(0.0), solver.eigenvectors().rowwise().reverse()};
}

// Mean over the sample of |x|^4 in the kept space. Projects on whichever side is smaller: the
// squared norm in the kept space is the whole squared norm less that in the dropped one.
double mean_fourth_power(const VectorSample& sample, const Eigen::VectorXd& mean,
                         const Eigen::MatrixXd& directions, const ComponentRange& kept,
                         int left_out) {
  const Eigen::Index channels = directions.rows();
  const Eigen::Index dropped = channels - kept.count;
  const bool by_remainder = dropped < kept.count;
  Eigen::MatrixXd basis(by_remainder ? dropped : kept.count, channels);
  if (by_remainder) {
    basis.topRows(kept.first) = directions.leftCols(kept.first).transpose();
    basis.bottomRows(dropped - kept.first) = directions.rightCols(dropped - kept.first).transpose();
  } else {
    basis = directions.middleCols(kept.first, kept.count).transpose();
  }

  constexpr std::size_t block_size = 512;
  Eigen::MatrixXd block(channels, static_cast<Eigen::Index>(block_size));
  double sum = 0;
  std::size_t used = 0;
  for (std::size_t i = 0; i < sample.size();) {
    Eigen::Index filled = 0;
    for (; i < sample.size() && filled < block.cols(); ++i) {
      if (sample.tag(i) == left_out) continue;
      block.col(filled++) =
          Eigen::Map<const Eigen::VectorXf>(sample.vector(i), channels).cast<double>() - mean;
    }
    const auto x = block.leftCols(filled);
    const Eigen::RowVectorXd projected = (basis * x).colwise().squaredNorm();
    const Eigen::RowVectorXd squared =
        by_remainder ? Eigen::RowVectorXd((x.colwise().squaredNorm() - projected).cwiseMax(0.0))
                     : projected;
    sum += squared.squaredNorm();
    used += static_cast<std::size_t>(filled);
  }
  return used > 0 ? sum / static_cast<double>(used) : 0;
}

}  // namespace

Gaussian fit_gaussian(const Moments& moments, const VectorSample& sample,
                      const Reduction& reduction, int left_out) {
  if (moments.count() < 2)
    throw Error(ErrorKind::too_few, "a Gaussian needs at least two feature vectors");
  const PrincipalComponents all = principal_components(moments);
  const ComponentRange kept = kept_components(all.variances, reduction);
  const Eigen::VectorXd variances = all.variances.segment(kept.first, kept.count);
  const double average = variances.mean();
  if (!(average > 0))
    throw Error(ErrorKind::too_few, "the normal feature vectors are all the same");

  Gaussian gaussian;
  gaussian.mean = moments.mean();
  gaussian.shrinkage = ledoit_wolf_shrinkage(
      variances, mean_fourth_power(sample, moments.mean(), all.directions, kept, left_out),
      moments.count());
  // Without any shrinkage (perfectly round data) a direction without variance must stay finite.
  const Eigen::VectorXd shrunk =
      ((1 - gaussian.shrinkage) * variances.array() + gaussian.shrinkage * average)
          .cwiseMax(1e-12 * all.variances[0]);
  gaussian.whitening = (shrunk.cwiseSqrt().cwiseInverse().asDiagonal() *
                        all.directions.middleCols(kept.first, kept.count).transpose())
                           .cast<float>();
  return gaussian;
}

}  // namespace mvga
