// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The principal components that are kept of one level's normal features (paper, section 3.2).
#pragma once

#include <Eigen/Core>
#include <cstddef>

#include "core/gaussian/moments.h"
#include "core/gaussian/reduction.h"

namespace mvga {

/// In the basis of the principal components the covariance is diagonal.
struct KeptSpace {
  Eigen::VectorXd mean;         ///< [channels]
  Eigen::VectorXd variances;    ///< of the kept components, descending
  Eigen::MatrixXd directions;   ///< [channels, kept], a column each
  Eigen::MatrixXd dropped;      ///< [channels, channels - kept], the others
  double largest_variance = 0;  ///< of all components
  double count = 0;             ///< of the vectors behind it
};

/// @throws Error too_few if fewer than two vectors were seen or they do not differ
KeptSpace kept_space(const Moments& moments, const Reduction& reduction);

/// Mean of |x - mean|^4 in the kept space over the vectors shown to it, which is what Ledoit-Wolf
/// needs beyond the variances. The space must outlive it.
class FourthPowers {
 public:
  explicit FourthPowers(const KeptSpace& space);

  /// Adds `rows` vectors that lie one after the other: float [rows, channels].
  void add(const float* vectors, std::size_t rows);
  /// 0 before the first vector.
  double mean() const { return count_ > 0 ? sum_ / count_ : 0; }

 private:
  const KeptSpace& space_;
  bool by_remainder_;      ///< basis_ spans the dropped space, which is the smaller one
  Eigen::MatrixXd basis_;  ///< [components, channels]
  double sum_ = 0;
  double count_ = 0;
};

}  // namespace mvga
