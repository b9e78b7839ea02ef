// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/calibrated_fields.h"

#include <vector>

#include "core/scoring/profiles/scale_fields.h"

namespace mvga {

void write_scales(const NormalScales& scales, FieldWriter& file) {
  write_level_scales("calibration.log_scales", scales.levels, file);
  write_place_map("calibration.usual", scales.usual, file);
  file.vector("calibration.score_parts", {scales.image_part.mean, scales.image_part.deviation,
                                          scales.map_part.mean, scales.map_part.deviation});
}

NormalScales read_scales(const Fields& file, std::size_t levels, const GridSize& grid) {
  NormalScales scales;
  scales.levels = read_level_scales(file, "calibration.log_scales", levels);
  scales.usual = read_place_map(file, "calibration.usual", grid);
  const std::vector<double> parts = file.vector("calibration.score_parts", 4);
  scales.image_part = {parts[0], read_spread(parts[1], file)};
  scales.map_part = {parts[2], read_spread(parts[3], file)};
  return scales;
}

}  // namespace mvga
