// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/calibrated.h"

#include <algorithm>
#include <cmath>

#include "core/gaussian/image_gaussian.h"
#include "core/scoring/combined_score.h"
#include "core/scoring/place_surplus.h"
#include "core/scoring/profiles/calibrated_fields.h"

namespace mvga {
namespace {

constexpr float kSmallestDistance = 1e-6f;  // far below what any normal position has

float logarithm(float distance) {
  return std::log(std::max(distance, kSmallestDistance));
}

/// Of the numbers that `value` makes of the distances of one level.
template <typename Value>
LevelScale level_scale(std::span<const Evidence> held_out, std::size_t level, Value value) {
  double count = 0;
  double sum = 0;
  double squares = 0;
  for (const Evidence& e : held_out) {
    for (const float distance : e.maps[level].values) {
      const double v = value(distance);
      sum += v;
      squares += v * v;
    }
    count += static_cast<double>(e.maps[level].values.size());
  }
  const double mean = sum / count;
  const double deviation = std::sqrt(std::max(squares / count - mean * mean, 0.0));
  return {static_cast<float>(mean),
          static_cast<float>(std::max(deviation, 1e-6 * std::abs(mean) + 1e-12))};
}

AnomalyMap mean_logarithms(std::vector<AnomalyMap> maps, const NormalScales& scales) {
  for (AnomalyMap& map : maps)
    std::transform(map.values.begin(), map.values.end(), map.values.begin(), logarithm);
  return fuse_on_finest(maps, scales.log_levels);
}

// Of the distances themselves, not of their logarithms, in which a clean spot in an otherwise
// normal image would count like a defect. About the image's own median: what moves all positions
// alike is left to the average vectors.
double map_spread(const std::vector<AnomalyMap>& maps, const NormalScales& scales) {
  AnomalyMap map = fuse_on_finest(maps, scales.levels);
  subtract(scales.surplus, map);
  return upper_spread(map);
}

void measure_levels(std::span<const Evidence> held_out, NormalScales& scales) {
  for (std::size_t level = 0; level < held_out[0].maps.size(); ++level) {
    scales.levels.push_back(level_scale(held_out, level, [](float d) { return d; }));
    scales.log_levels.push_back(level_scale(held_out, level, logarithm));
  }
}

void measure_places(std::span<const Evidence> held_out, NormalScales& scales) {
  std::vector<AnomalyMap> maps;
  for (const Evidence& e : held_out) maps.push_back(fuse_on_finest(e.maps, scales.levels));
  scales.surplus = place_surplus(maps);
  for (std::size_t i = 0; i < maps.size(); ++i) maps[i] = mean_logarithms(held_out[i].maps, scales);
  scales.log_surplus = place_surplus(maps);
}

void measure_parts(std::span<const Evidence> held_out, NormalScales& scales) {
  std::vector<double> distances;
  std::vector<double> spreads;
  for (const Evidence& e : held_out) {
    distances.push_back(sum_of_image_distances(e));
    spreads.push_back(map_spread(e.maps, scales));
  }
  scales.image_part = log_scale(std::move(distances));
  scales.map_part = log_scale(std::move(spreads));
}

class CalibratedSteps final : public ProfileSteps {
 public:
  std::string architecture() const override { return "mvga_small"; }
  LevelSet level_set() const override { return LevelSet::extended; }

  std::vector<int> map_levels(std::span<const int> localising,
                              std::size_t /*levels*/) const override {
    return {localising.begin(), localising.end()};
  }

  Gaussian fit_image(const Moments& image, const VectorSample& image_sample, const Moments& pixel,
                     const Reduction& /*reduction*/, int left_out) const override {
    return fit_image_gaussian(image, image_sample, pixel, left_out);
  }

  std::shared_ptr<const Scoring> calibrate(std::span<const Evidence> held_out) const override {
    NormalScales scales;
    measure_levels(held_out, scales);
    measure_places(held_out, scales);
    measure_parts(held_out, scales);
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
  subtract(scales_.log_surplus, map);
  return map;
}

double CalibratedScoring::score(const Evidence& evidence) const {
  return combined_score(scales_.map_part.standardise(map_spread(evidence.maps, scales_)),
                        scales_.image_part.standardise(sum_of_image_distances(evidence)));
}

void CalibratedScoring::write(FieldWriter& file) const {
  write_scales(scales_, file);
}

const ProfileSteps& calibrated_steps() {
  static const CalibratedSteps steps;
  return steps;
}

}  // namespace mvga
