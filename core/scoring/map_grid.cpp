// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/map_grid.h"

#include <algorithm>
#include <numeric>

namespace mvga {
namespace {

// Maps are fused on the grid of the finest level (Calibration::map).
GridSize finer(const GridSize& grid, const LevelShape& level) {
  if (level.width * level.height <= grid.width * grid.height) return grid;
  return {level.width, level.height};
}

}  // namespace

std::vector<int> localising_levels(const BackboneInfo& backbone) {
  std::vector<int> positions;
  for (std::size_t i = 0; i < backbone.levels.size(); ++i)
    if (std::count(backbone.map_levels.begin(), backbone.map_levels.end(),
                   backbone.levels[i].level) > 0)
      positions.push_back(static_cast<int>(i));
  if (!positions.empty()) return positions;
  // Levels of the user's choice need not have any of those.
  positions.resize(backbone.levels.size());
  std::iota(positions.begin(), positions.end(), 0);
  return positions;
}

GridSize map_grid(const Model& model) {
  GridSize grid;
  for (const int i : model.calibration.map_levels)
    grid = finer(grid, model.levels[static_cast<std::size_t>(i)].shape);
  return grid;
}

GridSize map_grid(const BackboneInfo& backbone, Profile profile) {
  GridSize grid;
  for (const int i :
       steps_of(profile).map_levels(localising_levels(backbone), backbone.levels.size()))
    grid = finer(grid, backbone.levels[static_cast<std::size_t>(i)]);
  return grid;
}

}  // namespace mvga
