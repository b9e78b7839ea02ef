// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/files/feature_source.h"

#include <array>
#include <nlohmann/json.hpp>
#include <span>

namespace mvga {
namespace {

constexpr int kLargestInput = 4096;

std::vector<LevelShape> read_levels(const Fields& fields) {
  std::vector<LevelShape> levels;
  for (const std::vector<int>& row : fields.integers("levels")) {
    if (row.size() != 4 || row[1] < 1 || row[2] < 1 || row[3] < 1 || row[2] > kLargestInput ||
        row[3] > kLargestInput || (!levels.empty() && row[0] <= levels.back().level))
      fields.damaged("'levels'");
    levels.push_back({row[0], row[1], row[2], row[3]});
  }
  return levels;
}

Box read_roi(const Fields& fields) {
  const std::vector<double> roi = fields.vector("roi", 4);
  if (roi[0] < 0 || roi[1] < 0 || roi[2] <= 0 || roi[3] <= 0 || roi[0] + roi[2] > 1 + 1e-6 ||
      roi[1] + roi[3] > 1 + 1e-6)
    fields.damaged("'roi' does not lie in the frame");
  return {roi[0], roi[1], roi[2], roi[3]};
}

}  // namespace

void write_source(const FeatureSource& source, SafetensorsWriter& file) {
  nlohmann::json levels = nlohmann::json::array();
  for (const LevelShape& s : source.levels)
    levels.push_back({s.level, s.channels, s.height, s.width});
  file.set_metadata("backbone", source.architecture);
  file.set_metadata("backbone_sha256", source.weights_sha256);
  file.set_metadata("input_size", std::to_string(source.input_size));
  file.set_metadata("levels", levels.dump());
  const std::array<double, 4> roi{source.roi.x, source.roi.y, source.roi.width, source.roi.height};
  file.add("roi", DType::f64, {4}, std::as_bytes(std::span(roi)));
}

FeatureSource read_source(const Fields& fields) {
  FeatureSource source;
  source.architecture = fields.text("backbone");
  source.weights_sha256 = fields.text("backbone_sha256");
  source.input_size = static_cast<int>(fields.number("input_size", 1, kLargestInput));
  source.levels = read_levels(fields);
  source.roi = read_roi(fields);
  return source;
}

}  // namespace mvga
