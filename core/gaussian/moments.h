// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Count, mean and scatter of a stream of vectors, in one pass.
#pragma once

#include <Eigen/Core>
#include <cstddef>

namespace mvga {

/// Accumulated in double. Two accumulators of two parts merge into that of the whole (Chan, Golub
/// and LeVeque 1983, "Algorithms for computing the sample variance", eq. 2.1), so the order and
/// the grouping of the data do not matter beyond rounding. Size: channels^2 doubles, whatever the
/// count.
class Moments {
 public:
  explicit Moments(int channels);
  /// What was accumulated before. Only the lower triangle of `scatter` is looked at.
  Moments(double count, Eigen::VectorXd mean, Eigen::MatrixXd scatter);

  /// Adds `rows` vectors that lie one after the other: float [rows, channels].
  void add(const float* vectors, std::size_t rows);
  void merge(const Moments& other);

  /// The moments of by^T x, for `by` of [channels, new channels].
  Moments projected(const Eigen::MatrixXd& by) const;

  int channels() const { return static_cast<int>(mean_.size()); }
  double count() const { return count_; }
  const Eigen::VectorXd& mean() const { return mean_; }  ///< [channels]
  /// Sum of (x - mean)(x - mean)^T, [channels, channels].
  const Eigen::MatrixXd& scatter() const { return scatter_; }

 private:
  void merge(double count, const Eigen::VectorXd& mean, const Eigen::MatrixXd& scatter);

  double count_ = 0;
  Eigen::VectorXd mean_;
  Eigen::MatrixXd scatter_;
};

}  // namespace mvga
