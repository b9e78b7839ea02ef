// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Gaussians of all groups but one.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/features/backbone.h"
#include "core/gaussian/kept_space.h"
#include "core/gaussian/reduction.h"
#include "core/learning/statistics.h"
#include "core/scoring/model.h"

namespace mvga {

/// Refers to the statistics, and to the levels.
class GroupFit {
 public:
  static constexpr int kNone = -1;  ///< of the groups is left out

  GroupFit(const Statistics& statistics, std::span<const LevelShape> levels, Profile profile,
           const Reduction& reduction)
      : statistics_(statistics), shapes_(levels), profile_(profile), reduction_(reduction) {}

  FrameGroup merged_without(int left_out) const;
  /// @param group merged without `left_out`
  Gaussian image(const FrameGroup& group, std::size_t level, int left_out) const;
  /// The moments that a level's positions are fitted by.
  /// @param group merged without any
  AboutPlaces positions(const FrameGroup& group, std::size_t level) const;
  /// What all groups leave of each level.
  std::vector<KeptSpace> kept_spaces() const;
  /// From the sample of the vectors.
  std::vector<LevelModel> levels_without(int left_out) const;

 private:
  const Statistics& statistics_;
  std::span<const LevelShape> shapes_;
  Profile profile_;
  Reduction reduction_;
};

}  // namespace mvga
