// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/files/feature_source.h"

#include <nlohmann/json.hpp>

#include "core/features/tiling.h"

namespace mvga {
namespace {

constexpr int kLargestInput = 4096;
constexpr int kLargestTiled = kMostTiles * kLargestInput;

/// The network's input is what files without tiles mean by input_size. So who knows of no tiles
/// finds maps that do not belong to it, and refuses the file.
void write_sizes(const FeatureSource& source, FieldWriter& file) {
  const bool tiled = source.tiles > 1;
  file.number("input_size",
              static_cast<std::uint64_t>(tiled ? source.tile_size : source.input_size));
  if (!tiled) return;
  file.number("tiles", static_cast<std::uint64_t>(source.tiles));
  file.number("tiled_size", static_cast<std::uint64_t>(source.input_size));
}

void read_sizes(const Fields& fields, FeatureSource& source) {
  source.input_size = static_cast<int>(fields.number("input_size", 1, kLargestInput));
  source.tiles = fields.has("tiles") ? static_cast<int>(fields.number("tiles", 2, kMostTiles)) : 1;
  if (source.tiles == 1) return;
  source.tile_size = source.input_size;
  source.input_size = static_cast<int>(fields.number("tiled_size", 1, kLargestTiled));
}

std::vector<LevelShape> read_levels(const Fields& fields) {
  std::vector<LevelShape> levels;
  for (const std::vector<int>& row : fields.integers("levels")) {
    if (row.size() != 4 || row[1] < 1 || row[2] < 1 || row[3] < 1 || row[2] > kLargestTiled ||
        row[3] > kLargestTiled || (!levels.empty() && row[0] <= levels.back().level))
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

FeatureSource source_of(const BackboneInfo& backbone, const Box& roi, const Reading& reading) {
  return {backbone.architecture,
          backbone.weights_sha256,
          backbone.input_size,
          backbone.tiles,
          backbone.tile_size,
          backbone.levels,
          roi,
          reading};
}

void write_source(const FeatureSource& source, FieldWriter& file) {
  nlohmann::json levels = nlohmann::json::array();
  for (const LevelShape& s : source.levels)
    levels.push_back({s.level, s.channels, s.height, s.width});
  file.text("backbone", source.architecture);
  file.text("backbone_sha256", source.weights_sha256);
  write_sizes(source, file);
  file.text("levels", levels.dump());
  // Only where it is not what files without it mean: those are still put together to the last bit.
  if (source.reading != Reading::gstreamer) file.text("reading", name_of(source.reading));
  file.vector("roi", {source.roi.x, source.roi.y, source.roi.width, source.roi.height});
}

FeatureSource read_source(const Fields& fields) {
  FeatureSource source;
  source.architecture = fields.text("backbone");
  source.weights_sha256 = fields.text("backbone_sha256");
  read_sizes(fields, source);
  source.levels = read_levels(fields);
  source.roi = read_roi(fields);
  source.reading =
      fields.has("reading") ? fields.named("reading", reading_from) : Reading::gstreamer;
  return source;
}

}  // namespace mvga
