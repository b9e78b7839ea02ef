// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The profile `paper`: what the paper does, and nothing else.
#pragma once

#include "core/scoring/profiles/profile.h"

namespace mvga {

/// The map is the mean of all levels' distances (section 3.4), the score the sum of squared
/// distances (eq. 4). Nothing is learned from the held-out images.
class PaperScoring final : public Scoring {
 public:
  AnomalyMap map(std::vector<AnomalyMap> maps) const override;
  double score(const Evidence& evidence, const AnomalyMap& map) const override;
  void write(FieldWriter& file) const override;
};

const ProfileSteps& paper_steps();

}  // namespace mvga
