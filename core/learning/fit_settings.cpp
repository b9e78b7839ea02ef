// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/fit_settings.h"

#include "core/scoring/profiles/profile.h"

namespace mvga {

Reduction default_reduction(const BackboneInfo& backbone) {
  if (backbone.reduction == DefaultReduction::opposite_pca)
    return {ReductionKind::opposite_pca, 0.05};
  return {ReductionKind::none, 1};
}

LevelSet level_set_for(Profile profile) {
  return steps_of(profile).level_set();
}

std::string backbone_for(Profile profile, const std::string& named, const std::string& weights) {
  if (!named.empty() || !weights.empty()) return named;
  return steps_of(profile).architecture();
}

}  // namespace mvga
