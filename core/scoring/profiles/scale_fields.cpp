// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/scale_fields.h"

#include <cmath>

namespace mvga {

void write_level_scales(const std::string& key, const std::vector<LevelScale>& scales,
                        FieldWriter& file) {
  std::vector<double> values;
  for (const LevelScale& s : scales) values.insert(values.end(), {s.offset, s.scale});
  file.vector(key, values);
}

void write_place_map(const std::string& key, const AnomalyMap& map, FieldWriter& file) {
  file.tensor(key, DType::f32, {map.height, map.width}, map.values.data());
}

std::vector<LevelScale> read_level_scales(const Fields& file, const std::string& key,
                                          std::size_t levels) {
  const std::vector<double> values = file.vector(key, static_cast<std::int64_t>(2 * levels));
  std::vector<LevelScale> scales;
  for (std::size_t i = 0; i < values.size(); i += 2) {
    if (std::abs(values[i]) > 1e30 || values[i + 1] > 1e30) file.damaged("a level's scale");
    const auto scale = static_cast<float>(values[i + 1]);
    read_spread(scale, file);  // as a float it may be 0
    scales.push_back({static_cast<float>(values[i]), scale});
  }
  return scales;
}

AnomalyMap read_place_map(const Fields& file, const std::string& key, const GridSize& grid) {
  const TensorView& view = file.tensor(key, DType::f32, 2);
  if (view.shape[0] != grid.height || view.shape[1] != grid.width)
    file.damaged("tensor '" + key + "' has the wrong shape");
  AnomalyMap map{grid.height, grid.width,
                 std::vector<float>(static_cast<std::size_t>(view.elements()))};
  file.copy_finite(key, view, map.values.data());
  return map;
}

double read_spread(double value, const Fields& file) {
  if (!(value > 0)) file.damaged("a calibrated spread is not positive");
  return value;
}

}  // namespace mvga
