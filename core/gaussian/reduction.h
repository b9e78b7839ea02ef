// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which principal components of the normal features are kept (paper, section 3.2).
#pragma once

#include <Eigen/Core>
#include <string>
#include <string_view>

namespace mvga {

enum class ReductionKind {
  none,          ///< all components
  opposite_pca,  ///< the trailing ones: what normal images have in common
  pca,           ///< the leading ones: what normal images differ in
};

struct Reduction {
  ReductionKind kind = ReductionKind::opposite_pca;
  double variance = 0.05;  ///< share of the variance that is kept, 0..1; unused by `none`

  bool operator==(const Reduction&) const = default;
};

std::string_view name_of(ReductionKind kind);
/// @throws Error settings
ReductionKind reduction_from(std::string_view name);

/// A run of components.
struct ComponentRange {
  Eigen::Index first = 0;
  Eigen::Index count = 0;
};

/// `variances` are the eigenvalues of the covariance in descending order, none negative.
/// Opposite PCA drops the leading components while their cumulative share stays at or below
/// 1 - variance, and keeps the one that crosses the line and all after it. PCA keeps the leading
/// components up to and with the one whose cumulative share reaches `variance`.
/// At least one component is kept.
ComponentRange kept_components(const Eigen::VectorXd& variances, const Reduction& reduction);

}  // namespace mvga
