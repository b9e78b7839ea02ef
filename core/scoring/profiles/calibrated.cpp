// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/calibrated.h"

#include <algorithm>
#include <cmath>

#include "core/scoring/combined_score.h"
#include "core/scoring/place_surplus.h"
#include "core/scoring/profiles/calibrated_fields.h"
#include "core/scoring/profiles/level_scales.h"

namespace mvga {
namespace {

constexpr double kTop = 0.003;          // of the map's positions
constexpr double kMapWeight = 1.0 / 3;  // the average vectors have 1
constexpr float kQuiet = 0.5f;          // share by which quiet places are made more sensitive

AnomalyMap mean_logarithms(std::vector<AnomalyMap> maps, const NormalScales& scales) {
  take_logarithms(maps);
  return fuse_on_finest(maps, scales.levels);
}

AnomalyMap usual_by_place(std::span<const AnomalyMap> maps) {
  AnomalyMap usual = place_surplus(maps);
  const AnomalyMap habit = place_habit(maps);
  for (std::size_t i = 0; i < usual.values.size(); ++i)
    usual.values[i] += kQuiet * std::min(habit.values[i], 0.0f);
  return usual;
}

// Held-out images without any spread (few and alike) must not make the score infinite.
PlainScale plain_scale(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v;
  const double mean = sum / static_cast<double>(values.size());
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {mean, std::max(std::sqrt(squares / static_cast<double>(values.size())), 1e-3)};
}

class CalibratedSteps final : public ProfileSteps {
 public:
  std::string architecture() const override { return "mvga_small"; }
  LevelSet level_set() const override { return LevelSet::extended; }

  std::vector<int> map_levels(std::span<const int> localising,
                              std::size_t /*levels*/) const override {
    return {localising.begin(), localising.end()};
  }

  bool tells_places_apart() const override { return true; }
  bool allows_for_other_days() const override { return true; }

  Gaussian fit_image(const Moments& image, const VectorSample& image_sample,
                     const Moments& /*pixel*/, const Reduction& reduction,
                     int left_out) const override {
    return fit_gaussian(image, image_sample, reduction, left_out);
  }

  std::shared_ptr<const Scoring> calibrate(std::span<const Evidence> held_out) const override {
    NormalScales scales;
    scales.levels = scales_of_logarithms(held_out);
    std::vector<AnomalyMap> maps;
    for (const Evidence& e : held_out) maps.push_back(mean_logarithms(e.maps, scales));
    scales.usual = usual_by_place(maps);
    std::vector<double> tops;
    std::vector<double> distances;
    for (std::size_t i = 0; i < maps.size(); ++i) {
      subtract(scales.usual, maps[i]);
      tops.push_back(mean_of_top(maps[i], kTop));
      distances.push_back(sum_of_image_distances(held_out[i]));
    }
    scales.map_part = plain_scale(tops);
    scales.image_part = log_scale(std::move(distances));
    return std::make_shared<CalibratedScoring>(std::move(scales));
  }

  std::shared_ptr<const Scoring> read(const Fields& file, std::size_t levels,
                                      const GridSize& grid) const override {
    return std::make_shared<CalibratedScoring>(read_scales(file, levels, grid));
  }
};

}  // namespace

AnomalyMap CalibratedScoring::map(std::vector<AnomalyMap> maps) const {
  AnomalyMap map = mean_logarithms(std::move(maps), scales_);
  subtract(scales_.usual, map);
  return map;
}

double CalibratedScoring::score(const Evidence& evidence, const AnomalyMap& map) const {
  return joined_score(scales_.image_part.standardise(sum_of_image_distances(evidence)),
                      scales_.map_part.standardise(mean_of_top(map, kTop)), kMapWeight);
}

void CalibratedScoring::write(FieldWriter& file) const {
  write_scales(scales_, file);
}

const ProfileSteps& calibrated_steps() {
  static const CalibratedSteps steps;
  return steps;
}

}  // namespace mvga
