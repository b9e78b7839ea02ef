// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How a model is to be learned, and what suits a backbone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/box.h"
#include "core/features/backbone.h"
#include "core/features/reading.h"
#include "core/features/views.h"
#include "core/gaussian/reduction.h"
#include "core/scoring/profiles/lookup.h"

namespace mvga {

/// Fewer normal images than this cannot be split into a part to learn from and a part to check, so
/// a model of them promises no rate of false alarms.
inline constexpr std::uint64_t kFewestFrames = 4;

/// As what fewer are learned, if they are.
inline constexpr Views kFewViews = Views::moved;

struct FitSettings {
  Profile profile = Profile::calibrated;
  std::optional<Reduction> reduction;  ///< none: what suits the backbone
  double target_fpr = 0.01;            ///< wanted share of false alarms among normal images
  Box roi;                             ///< noted in the model
  Reading reading;                     ///< likewise
  /// Share by which other light is learned too (0..0.5); none: what suits the profile, which may be
  /// to bring images back to the light that was learned (core/light/light_range.h).
  std::optional<double> light;
  std::optional<Views> views;            ///< none: as it is, or what suits a few (kFewViews)
  std::uint64_t fewest = kFewestFrames;  ///< fewer images are refused
  std::uint64_t first_frame = 0;         ///< how many images of other parts come before
};

/// What suits the backbone: opposite PCA with 5 % of the variance for EfficientNet (paper, section
/// 4.4), all components for ResNet.
Reduction default_reduction(const BackboneInfo& backbone);

/// The levels that suit the profile.
LevelSet level_set_for(Profile profile);

/// The architecture to open: the one that is named, or the one that the weights are of (empty: they
/// tell), or what suits the profile: the built-in network, for `paper` that of the paper.
std::string backbone_for(Profile profile, const std::string& named, const std::string& weights);

}  // namespace mvga
