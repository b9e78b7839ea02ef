// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From distances to numbers that mean something: what held-out normal images teach about scores
// and maps, whichever profile makes them.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/scoring/anomaly_map.h"
#include "core/scoring/detection.h"
#include "core/scoring/evidence.h"
#include "core/scoring/profiles/lookup.h"
#include "core/scoring/profiles/profile.h"

namespace mvga {

/// What held-out normal images say. All vectors have at least one entry.
struct Calibration {
  Profile profile = Profile::calibrated;
  std::vector<int> map_levels;  ///< which entries of Evidence::maps make the map
  std::shared_ptr<const Scoring> scoring;
  std::vector<double> scores;  ///< of the independent held-out images, ascending
  std::vector<double> peaks;   ///< largest map value of each of them, ascending
  float normal_end = 0;        ///< map value that nearly all normal positions stay below

  /// Anomaly map of the profile, on the grid of the finest of `map_levels`.
  AnomalyMap map(const Evidence& evidence) const;
  /// Image score of the profile.
  /// @param map of the same evidence
  double score(const Evidence& evidence, const AnomalyMap& map) const;
  double score(const Evidence& evidence) const { return score(evidence, map(evidence)); }
  /// The scale on which maps are drawn, its threshold for the wanted rate of images that show any
  /// region.
  MapScale map_scale(double target_fpr) const;
};

/// Images of the same cluster are one witness: of several scores and peaks, the largest counts.
/// Chance picks no smaller one of a cluster that comes later, so the promise holds for it too.
/// @param held_out evidence of normal images, each gathered with Gaussians that have not seen it
/// @param clusters for each of them, from 0 on without a gap; none: all are independent
/// @param localising indexes into Evidence::maps of the levels that localise best
/// @throws Error too_few if fewer than two images were held out
Calibration calibrate(std::vector<Evidence> held_out, Profile profile,
                      std::span<const int> localising, std::span<const int> clusters = {});

}  // namespace mvga
