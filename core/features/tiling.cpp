// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/tiling.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/base/error.h"

namespace mvga {
namespace {

bool has_whole_cells(int tile, const LevelShape& level) {
  return level.width == level.height && tile % level.width == 0;
}

/// Pixels of a side of the smallest square that holds whole cells of every level.
int common_cell(int tile, std::span<const LevelShape> levels) {
  int common = 1;
  for (const LevelShape& level : levels) {
    if (!has_whole_cells(tile, level))
      throw Error(ErrorKind::settings,
                  "an input of " + std::to_string(tile) + " pixels cannot be a tile: level " +
                      std::to_string(level.level) + " divides it into " +
                      std::to_string(level.width) + " cells, which are no whole pixels");
    common = std::lcm(common, tile / level.width);
  }
  return common;
}

}  // namespace

bool can_be_tiled(int tile, std::span<const LevelShape> levels) {
  return std::ranges::all_of(levels,
                             [&](const LevelShape& level) { return has_whole_cells(tile, level); });
}

Tiling tiling_of(int tiles, int tile, std::span<const LevelShape> levels) {
  const int cell = common_cell(tile, levels);
  // Each side of a border gives up half of the overlap.
  const int half = cell * std::max(1, static_cast<int>(std::lround(tile / 8.0 / cell)));
  if (tiles > 1 && 2 * half >= tile)
    throw Error(ErrorKind::settings, "an input of " + std::to_string(tile) +
                                         " pixels is too small for a tile: the highest level has " +
                                         "only " + std::to_string(tile / cell) + " cells in a row");
  return {tiles, tile, 2 * half};
}

int longer_side(int width, int height, const Box& part) {
  return static_cast<int>(std::ceil(std::max(width * part.width, height * part.height)));
}

int tiles_for(int pixels, int tile, std::span<const LevelShape> levels) {
  Tiling tiling = tiling_of(1, tile, levels);
  while (tiling.side() < pixels && tiling.tiles < kMostTiles) ++tiling.tiles;
  return tiling.tiles;
}

std::vector<LevelShape> tiled_shapes(const Tiling& tiling, std::span<const LevelShape> levels) {
  std::vector<LevelShape> shapes(levels.begin(), levels.end());
  for (LevelShape& shape : shapes)
    shape.width = shape.height = tiling.side() / (tiling.tile / shape.width);
  return shapes;
}

std::string cost_of_tiles(const BackboneInfo& backbone) {
  if (backbone.tiles == 1) return "";
  const int tiles = backbone.tiles * backbone.tiles;
  return "tiles=" + std::to_string(backbone.tiles) + ": " + std::to_string(tiles) + " tiles of " +
         std::to_string(backbone.tile_size) + " pixels a frame, and the frame as a whole; " +
         std::to_string(tiles + 1) + " inferences where there was one";
}

}  // namespace mvga
