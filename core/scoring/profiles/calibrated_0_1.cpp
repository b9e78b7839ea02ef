// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/calibrated_0_1.h"

#include "core/gaussian/image_gaussian.h"
#include "core/scoring/combined_score.h"
#include "core/scoring/place_surplus.h"
#include "core/scoring/profiles/calibrated_0_1_fields.h"
#include "core/scoring/profiles/level_scales.h"

namespace mvga {
namespace {

AnomalyMap mean_logarithms(std::vector<AnomalyMap> maps, const NormalScales01& scales) {
  take_logarithms(maps);
  return fuse_on_finest(maps, scales.log_levels);
}

// Of the distances themselves, not of their logarithms, in which a clean spot in an otherwise
// normal image would count like a defect. About the image's own median: what moves all positions
// alike is left to the average vectors.
double map_spread(const std::vector<AnomalyMap>& maps, const NormalScales01& scales) {
  AnomalyMap map = fuse_on_finest(maps, scales.levels);
  subtract(scales.surplus, map);
  return upper_spread(map);
}

void measure_places(std::span<const Evidence> held_out, NormalScales01& scales) {
  std::vector<AnomalyMap> maps;
  for (const Evidence& e : held_out) maps.push_back(fuse_on_finest(e.maps, scales.levels));
  scales.surplus = place_surplus(maps);
  for (std::size_t i = 0; i < maps.size(); ++i) maps[i] = mean_logarithms(held_out[i].maps, scales);
  scales.log_surplus = place_surplus(maps);
}

void measure_parts(std::span<const Evidence> held_out, NormalScales01& scales) {
  std::vector<double> distances;
  std::vector<double> spreads;
  for (const Evidence& e : held_out) {
    distances.push_back(sum_of_image_distances(e));
    spreads.push_back(map_spread(e.maps, scales));
  }
  scales.image_part = log_scale(std::move(distances));
  scales.map_part = log_scale(std::move(spreads));
}

class CalibratedSteps01 final : public ProfileSteps {
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
    NormalScales01 scales;
    scales.levels = scales_of_distances(held_out);
    scales.log_levels = scales_of_logarithms(held_out);
    measure_places(held_out, scales);
    measure_parts(held_out, scales);
    return std::make_shared<CalibratedScoring01>(std::move(scales));
  }

  std::shared_ptr<const Scoring> read(const Fields& file, std::size_t levels,
                                      const GridSize& grid) const override {
    return std::make_shared<CalibratedScoring01>(read_scales_0_1(file, levels, grid));
  }
};

}  // namespace

AnomalyMap CalibratedScoring01::map(std::vector<AnomalyMap> maps) const {
  AnomalyMap map = mean_logarithms(std::move(maps), scales_);
  subtract(scales_.log_surplus, map);
  return map;
}

double CalibratedScoring01::score(const Evidence& evidence, const AnomalyMap& /*map*/) const {
  return combined_score(scales_.map_part.standardise(map_spread(evidence.maps, scales_)),
                        scales_.image_part.standardise(sum_of_image_distances(evidence)));
}

void CalibratedScoring01::write(FieldWriter& file) const {
  write_scales_0_1(scales_, file);
}

const ProfileSteps& calibrated_0_1_steps() {
  static const CalibratedSteps01 steps;
  return steps;
}

}  // namespace mvga
