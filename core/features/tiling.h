// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How an image is cut into overlapping squares that a network sees one by one.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/box.h"
#include "core/base/parse_settings.h"
#include "core/features/backbone.h"

namespace mvga {

/// Tiles of `tile` pixels, a step apart in both directions. Neighbours overlap, and of what both
/// see each keeps the half that is nearer to its middle: the last pixels before a border are where
/// a network sees padding instead of the image. Borders lie between the cells of every level, so
/// maps are put together without a seam.
struct Tiling {
  int tiles = 1;    ///< in a row and in a column
  int tile = 0;     ///< side of a tile: the network's input
  int overlap = 0;  ///< pixels that neighbours share

  int step() const { return tile - overlap; }
  /// Side of the whole image.
  int side() const { return tile + (tiles - 1) * step(); }
};

/// Whether tiles of this size have whole cells on every level.
bool can_be_tiled(int tile, std::span<const LevelShape> levels);

/// The tiling whose overlap is about a quarter of a tile, for a network that makes maps of these
/// shapes of a tile.
/// @param tiles 2 to kMostTiles
/// @throws Error settings if a level's cells are no whole pixels
Tiling tiling_of(int tiles, int tile, std::span<const LevelShape> levels);

/// The longer side, in pixels, of that part of a frame: what tiles_for() is to be asked for.
int longer_side(int width, int height, const Box& part);

/// The fewest tiles in a row with which an image of so many pixels is seen at its own size, or
/// kMostTiles if it takes more; 1: it need not be cut.
int tiles_for(int pixels, int tile, std::span<const LevelShape> levels);

/// The shapes of the maps of the whole image.
std::vector<LevelShape> tiled_shapes(const Tiling& tiling, std::span<const LevelShape> levels);

/// What tiles cost, in one line for who is about to learn; empty without any.
std::string cost_of_tiles(const BackboneInfo& backbone);

}  // namespace mvga
