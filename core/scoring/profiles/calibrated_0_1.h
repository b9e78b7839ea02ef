// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The profile `calibrated` as version 0.1 had it, for the models that were learned with it: levels
// on a common scale, the score from both Gaussians.
#pragma once

#include "core/scoring/log_scale.h"
#include "core/scoring/profiles/profile.h"

namespace mvga {

/// What held-out normal images say.
struct NormalScales01 {
  std::vector<LevelScale> levels;      ///< of the distances of each level that makes the map
  std::vector<LevelScale> log_levels;  ///< of their logarithms
  AnomalyMap surplus;      ///< of the mean distances, by place (core/scoring/place_surplus.h)
  AnomalyMap log_surplus;  ///< of the map, by place
  LogScale image_part;     ///< of the sum of the image distances
  LogScale map_part;       ///< of the upper spread of the mean distances
};

/// The map is the mean of the distances' logarithms, each level brought to mean 0 and deviation 1
/// over normal positions: a geometric mean, so that the coarse levels, which bleed beyond a defect,
/// are held to where the fine ones agree; less what is normal at the place. The score is
/// combined_score() of how far the mean distances reach above their own median and how far the
/// average vectors lie, about standard normal over normal images.
class CalibratedScoring01 final : public Scoring {
 public:
  explicit CalibratedScoring01(NormalScales01 scales) : scales_(std::move(scales)) {}

  AnomalyMap map(std::vector<AnomalyMap> maps) const override;
  double score(const Evidence& evidence, const AnomalyMap& map) const override;
  void write(FieldWriter& file) const override;

  const NormalScales01& scales() const { return scales_; }

 private:
  NormalScales01 scales_;
};

const ProfileSteps& calibrated_0_1_steps();

}  // namespace mvga
