// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/calibrated_0_1_fields.h"

#include <algorithm>

#include "core/scoring/profiles/scale_fields.h"

namespace mvga {
namespace {

AnomalyMap read_surplus(const Fields& file, const std::string& key, const GridSize& grid) {
  AnomalyMap map = read_place_map(file, key, grid);
  if (*std::min_element(map.values.begin(), map.values.end()) < 0)
    file.damaged("a negative surplus");
  return map;
}

}  // namespace

void write_scales_0_1(const NormalScales01& scales, FieldWriter& file) {
  write_level_scales("calibration.level_scales", scales.levels, file);
  write_level_scales("calibration.log_scales", scales.log_levels, file);
  write_place_map("calibration.surplus", scales.surplus, file);
  write_place_map("calibration.log_surplus", scales.log_surplus, file);
  file.vector("calibration.score_parts", {scales.image_part.mean, scales.image_part.deviation,
                                          scales.map_part.mean, scales.map_part.deviation});
}

NormalScales01 read_scales_0_1(const Fields& file, std::size_t levels, const GridSize& grid) {
  NormalScales01 scales;
  scales.levels = read_level_scales(file, "calibration.level_scales", levels);
  scales.log_levels = read_level_scales(file, "calibration.log_scales", levels);
  scales.surplus = read_surplus(file, "calibration.surplus", grid);
  scales.log_surplus = read_surplus(file, "calibration.log_surplus", grid);
  const std::vector<double> parts = file.vector("calibration.score_parts", 4);
  scales.image_part = {parts[0], read_spread(parts[1], file)};
  scales.map_part = {parts[2], read_spread(parts[3], file)};
  return scales;
}

}  // namespace mvga
