// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The profile `calibrated`: positions about what is normal at their place, levels on a common
// scale, the score from both Gaussians.
#pragma once

#include <vector>

#include "core/scoring/log_scale.h"
#include "core/scoring/profiles/profile.h"

namespace mvga {

/// Mean and deviation of numbers over normal images.
struct PlainScale {
  double mean = 0;
  double deviation = 1;

  double standardise(double value) const { return (value - mean) / deviation; }
  bool operator==(const PlainScale&) const = default;
};

/// What held-out normal images say.
struct NormalScales {
  std::vector<LevelScale> levels;  ///< of the logarithms of each level that makes the map
  AnomalyMap usual;                ///< of their mean, by place
  PlainScale map_part;             ///< of the mean of the map's top
  LogScale image_part;             ///< of the sum of the image distances
};

/// The map is the mean of the distances' logarithms, each level brought to mean 0 and deviation 1
/// over normal positions: a geometric mean, so that the coarse levels, which bleed beyond a defect,
/// are held to where the fine ones agree; less what is usual at the place, as far as that lies well
/// above the rest, and half of it where it lies below (core/scoring/place_surplus.h). The score
/// joins the average vectors, whose sum of squared distances is the paper's score (eq. 4), and the
/// top of the map at a third of their weight (joined_score), about standard normal over normal
/// images.
class CalibratedScoring final : public Scoring {
 public:
  explicit CalibratedScoring(NormalScales scales) : scales_(std::move(scales)) {}

  AnomalyMap map(std::vector<AnomalyMap> maps) const override;
  double score(const Evidence& evidence, const AnomalyMap& map) const override;
  void write(FieldWriter& file) const override;

  const NormalScales& scales() const { return scales_; }

 private:
  NormalScales scales_;
};

const ProfileSteps& calibrated_steps();

}  // namespace mvga
