// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Everything that was learned from normal footage.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/box.h"
#include "core/features/backbone.h"
#include "core/features/reading.h"
#include "core/features/views.h"
#include "core/gaussian/gaussian.h"
#include "core/gaussian/place_means.h"
#include "core/gaussian/reduction.h"
#include "core/light/light_range.h"
#include "core/scoring/calibration.h"
#include "core/scoring/evidence.h"
#include "core/scoring/false_alarm_rate.h"

namespace mvga {

/// The Gaussians of one level.
struct LevelModel {
  LevelShape shape;
  Gaussian image;          ///< of the level averaged over its positions
  Gaussian pixel;          ///< of the vectors at all positions
  PlaceMeans places = {};  ///< what they lie about, instead of one mean
};

/// In the same order, ready for scoring.
std::vector<LevelGaussians> gaussians_of(std::span<const LevelModel> levels);

/// A value: copying it copies it all (a few megabytes).
struct Model {
  std::string architecture;        ///< of the backbone that the features came from
  std::string weights_sha256;      ///< of its weights file; another file gives other features
  int input_size = 0;              ///< side of the images
  int tiles = 1;                   ///< in a row, of which the backbone's maps are put together
  int tile_size = 0;               ///< side of one; 0 without tiles
  std::vector<LevelModel> levels;  ///< ascending
  Reduction reduction;
  Calibration calibration;
  double target_fpr = 0.01;    ///< the false-alarm rate that was asked for
  Box roi;                     ///< the part of the frame that was learned
  Reading reading;             ///< of the frames that were learned
  double light = 0;            ///< share by which other light was learned too
  LightRange lights;           ///< that images are brought back to
  Views views = Views::none;   ///< in which every frame was learned besides itself
  std::uint64_t frames = 0;    ///< seen in the fit
  std::uint64_t held_out = 0;  ///< scored by Gaussians that had not seen them
  /// How many of these are no copies of each other, and each a witness of the promise; 0: older
  /// models took every one for it.
  std::uint64_t independent = 0;
  bool promises = true;  ///< a rate of false alarms; a few frames cannot

  std::vector<int> level_indexes() const;
};

/// As threshold_for() of the held-out scores has it. Of a model that promises nothing it is the
/// largest of them, which says where normal images may end, and the rate is 1.
Threshold promised_threshold(const Model& model, double wanted);

/// What who uses a model that promises nothing is to know, unless a threshold is set: one line that
/// begins with the name of its file. Empty where there is nothing to be said.
std::string warning_of_promise(const Model& model, const std::string& file);

}  // namespace mvga
