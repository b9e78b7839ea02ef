// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/calibrated_fields.h"

#include <algorithm>
#include <cmath>

namespace mvga {
namespace {

void write_levels(const std::string& key, const std::vector<LevelScale>& scales,
                  FieldWriter& file) {
  std::vector<double> values;
  for (const LevelScale& s : scales) values.insert(values.end(), {s.offset, s.scale});
  file.vector(key, values);
}

void write_map(const std::string& key, const AnomalyMap& map, FieldWriter& file) {
  file.tensor(key, DType::f32, {map.height, map.width}, map.values.data());
}

template <typename T>
T positive(T value, const Fields& file) {
  if (!(value > 0)) file.damaged("a calibrated spread is not positive");
  return value;
}

std::vector<LevelScale> read_levels(const Fields& file, const std::string& key,
                                    std::size_t levels) {
  const std::vector<double> values = file.vector(key, static_cast<std::int64_t>(2 * levels));
  std::vector<LevelScale> scales;
  for (std::size_t i = 0; i < values.size(); i += 2) {
    if (std::abs(values[i]) > 1e30 || values[i + 1] > 1e30) file.damaged("a level's scale");
    scales.push_back(
        {static_cast<float>(values[i]), positive(static_cast<float>(values[i + 1]), file)});
  }
  return scales;
}

AnomalyMap read_surplus(const Fields& file, const std::string& key, const GridSize& grid) {
  const TensorView& view = file.tensor(key, DType::f32, 2);
  if (view.shape[0] != grid.height || view.shape[1] != grid.width)
    file.damaged("tensor '" + key + "' has the wrong shape");
  AnomalyMap map{grid.height, grid.width,
                 std::vector<float>(static_cast<std::size_t>(view.elements()))};
  file.copy_finite(key, view, map.values.data());
  if (*std::min_element(map.values.begin(), map.values.end()) < 0)
    file.damaged("a negative surplus");
  return map;
}

}  // namespace

void write_scales(const NormalScales& scales, FieldWriter& file) {
  write_levels("calibration.level_scales", scales.levels, file);
  write_levels("calibration.log_scales", scales.log_levels, file);
  write_map("calibration.surplus", scales.surplus, file);
  write_map("calibration.log_surplus", scales.log_surplus, file);
  file.vector("calibration.score_parts", {scales.image_part.mean, scales.image_part.deviation,
                                          scales.map_part.mean, scales.map_part.deviation});
}

NormalScales read_scales(const Fields& file, std::size_t levels, const GridSize& grid) {
  NormalScales scales;
  scales.levels = read_levels(file, "calibration.level_scales", levels);
  scales.log_levels = read_levels(file, "calibration.log_scales", levels);
  scales.surplus = read_surplus(file, "calibration.surplus", grid);
  scales.log_surplus = read_surplus(file, "calibration.log_surplus", grid);
  const std::vector<double> parts = file.vector("calibration.score_parts", 4);
  scales.image_part = {parts[0], positive(parts[1], file)};
  scales.map_part = {parts[2], positive(parts[3], file)};
  return scales;
}

}  // namespace mvga
