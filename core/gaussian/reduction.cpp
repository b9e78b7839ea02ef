// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/reduction.h"

#include "core/base/error.h"
#include "core/base/printable.h"

namespace mvga {
namespace {

// Index of the first component at which the cumulative share of the variance exceeds `share` (or
// reaches it); the last one if none does.
Eigen::Index crossing(const Eigen::VectorXd& variances, double share, bool reaching_is_enough) {
  const double total = variances.sum();
  double sum = 0;
  for (Eigen::Index i = 0; i < variances.size(); ++i) {
    sum += variances[i];
    const double cumulative = sum / total;
    if (cumulative > share || (reaching_is_enough && cumulative >= share)) return i;
  }
  return variances.size() - 1;
}

}  // namespace

std::string_view name_of(ReductionKind kind) {
  switch (kind) {
    case ReductionKind::none:
      return "none";
    case ReductionKind::opposite_pca:
      return "opca";
    case ReductionKind::pca:
      return "pca";
  }
  return "none";
}

ReductionKind reduction_from(std::string_view name) {
  for (const auto kind : {ReductionKind::none, ReductionKind::opposite_pca, ReductionKind::pca})
    if (name == name_of(kind)) return kind;
  throw Error(ErrorKind::settings,
              "unknown reduction '" + printable(name) + "': use none, opca or pca");
}

ComponentRange kept_components(const Eigen::VectorXd& variances, const Reduction& reduction) {
  const Eigen::Index n = variances.size();
  if (reduction.kind == ReductionKind::none || !(variances.sum() > 0)) return {0, n};
  if (reduction.kind == ReductionKind::pca)
    return {0, crossing(variances, reduction.variance, true) + 1};
  const Eigen::Index first = crossing(variances, 1 - reduction.variance, false);
  return {first, n - first};
}

}  // namespace mvga
