// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A model as a fit would make it, of any shape.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/scoring/model.h"
#include "core/scoring/profiles/calibrated.h"

namespace mvga::test {

inline Model plausible_model(const std::vector<LevelShape>& shapes, std::size_t held_out) {
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  const auto gaussian = [&](int channels, int kept) {
    Gaussian g;
    g.mean.resize(channels);
    for (double& m : g.mean) m = normal(random);
    g.whitening.resize(kept, channels);
    for (int k = 0; k < kept; ++k)
      for (int c = 0; c < channels; ++c) g.whitening(k, c) = static_cast<float>(normal(random));
    g.shrinkage = 0.1 / 3;
    return g;
  };
  const auto places = [&](const LevelShape& s) {
    PlaceMeans means{place_cells(s.height), place_cells(s.width), s.channels, {}};
    means.values.resize(static_cast<std::size_t>(means.height) * means.width * means.channels);
    for (float& value : means.values) value = static_cast<float>(normal(random));
    return means;
  };
  Model model;
  model.architecture = "tf_efficientnet_b4";
  model.weights_sha256 = std::string(64, '7');
  model.input_size = 380;
  for (const LevelShape& s : shapes)
    model.levels.push_back(
        {s, gaussian(s.channels, s.channels), gaussian(s.channels, s.channels), places(s)});
  model.reduction = {ReductionKind::opposite_pca, 0.05};
  model.target_fpr = 0.01;
  model.roi = {0.1, 0.2, 0.7, 1.0 / 3};
  model.frames = 1234567;
  model.held_out = held_out;
  Calibration& c = model.calibration;
  NormalScales scales;
  for (int i = 0; i < static_cast<int>(shapes.size()); ++i) {
    c.map_levels.push_back(i);
    scales.levels.push_back({-0.3f * static_cast<float>(i + 1), 0.2f});
  }
  const LevelShape& finest = shapes.front();
  scales.usual = {finest.height, finest.width, {}};
  const std::size_t positions = static_cast<std::size_t>(finest.height) * finest.width;
  for (std::size_t i = 0; i < positions; ++i)
    scales.usual.values.push_back(static_cast<float>(normal(random)));
  scales.image_part = {1.0 / 3, 0.25};
  scales.map_part = {-2.0 / 3, 0.125};
  c.scoring = std::make_shared<CalibratedScoring>(std::move(scales));
  for (std::size_t i = 0; i < held_out; ++i) {
    c.scores.push_back(normal(random));
    c.peaks.push_back(normal(random));
  }
  std::sort(c.scores.begin(), c.scores.end());
  std::sort(c.peaks.begin(), c.peaks.end());
  c.normal_end = 0.3f;
  return model;
}

inline Model efficientnet_b4_model() {
  return plausible_model(
      {{3, 56, 48, 48}, {4, 112, 24, 24}, {5, 160, 24, 24}, {6, 272, 12, 12}, {7, 448, 12, 12}},
      300);
}

}  // namespace mvga::test
