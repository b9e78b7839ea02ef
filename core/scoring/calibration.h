// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From distances to numbers that mean something: what held-out normal pictures teach about scale,
// and the two profiles that turn evidence into a score and a map.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/scoring/anomaly_map.h"
#include "core/scoring/detection.h"
#include "core/scoring/evidence.h"

namespace mvga {

enum class Profile {
  paper,       ///< exactly the paper: plain sum of squared distances, plain mean of the level maps
  calibrated,  ///< levels on a common scale, score from both Gaussians
};

std::string_view name_of(Profile profile);
/// @throws Error settings
Profile profile_from(std::string_view name);

/// A positive quantity, by its logarithm's mean and standard deviation over normal pictures.
struct LogScale {
  double mean = 0;
  double deviation = 1;

  double standardise(double value) const;
  bool operator==(const LogScale&) const = default;
};

/// What held-out normal pictures say. All vectors have at least one entry.
struct Calibration {
  Profile profile = Profile::calibrated;
  std::vector<int> map_levels;         ///< which entries of Evidence::maps make the map
  std::vector<LevelScale> scales;      ///< of each one's distances; unused by `paper`
  std::vector<LevelScale> log_scales;  ///< of their logarithms; unused by `paper`
  AnomalyMap surplus;  ///< of the mean distances, by place (core/scoring/place_surplus.h); unused
                       ///< by `paper`
  AnomalyMap log_surplus;      ///< of the map, by place; unused by `paper`
  LogScale image_part;         ///< of the sum of the image distances
  LogScale map_part;           ///< of the map's upper spread
  std::vector<double> scores;  ///< of the held-out pictures, ascending
  std::vector<double> peaks;   ///< largest map value of each held-out picture, ascending
  float normal_end = 0;        ///< map value that nearly all normal positions stay below

  /// Anomaly map of the profile, on the grid of the finest of `map_levels`. In `paper` the mean of
  /// the levels' distances (section 3.4). In `calibrated` the mean of their logarithms, each level
  /// brought to mean 0 and deviation 1 over normal positions: a geometric mean, so that the coarse
  /// levels, which bleed beyond a defect, are held to where the fine ones agree; less what is
  /// normal at the place.
  AnomalyMap map(const Evidence& evidence) const;
  /// Image score of the profile: in `paper` the sum of squared distances (paper, eq. 4); in
  /// `calibrated` combined_score() of how far the map reaches above its own median and how far the
  /// average vectors lie, about standard normal over normal pictures.
  double score(const Evidence& evidence) const;
  /// The scale on which maps are drawn, its threshold for the wanted rate of frames that show any
  /// region.
  MapScale map_scale(double target_fpr) const;

 private:
  std::vector<AnomalyMap> chosen_maps(const Evidence& evidence) const;
  AnomalyMap mean_distances(const Evidence& evidence) const;
  AnomalyMap mean_logarithms(const Evidence& evidence) const;
  double map_spread(const Evidence& evidence) const;
  void measure_scales(std::span<const Evidence> held_out);
  void measure_places(std::span<const Evidence> held_out);
  void measure_parts(std::span<const Evidence> held_out);
  friend Calibration calibrate(std::span<const Evidence>, Profile, std::span<const int>);
};

/// @param held_out evidence of normal pictures, each gathered with Gaussians that have not seen it
/// @param map_levels indexes into Evidence::maps that `calibrated` uses; `paper` uses all
/// @throws Error too_few if fewer than two pictures were held out
Calibration calibrate(std::span<const Evidence> held_out, Profile profile,
                      std::span<const int> map_levels);

}  // namespace mvga
