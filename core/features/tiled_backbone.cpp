// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/tiled_backbone.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/features/average_vector.h"
#include "core/features/resample.h"

namespace mvga {
namespace {

/// Along one axis, in cells: which cells of the whole a tile gives.
struct CellRange {
  int begin = 0;  ///< in the whole
  int end = 0;
  int shift = 0;  ///< from a cell of the whole to the tile's own
};

CellRange cells_of(const Tiling& tiling, int index, int cell) {
  const int begin = index * tiling.step() / cell;
  const int half = tiling.overlap / 2 / cell;
  return {begin + (index == 0 ? 0 : half),
          begin + tiling.tile / cell - (index + 1 == tiling.tiles ? 0 : half), begin};
}

/// One level of all tiles, which come row by row.
FeatureMap joined(const Tiling& tiling, std::span<const Levels> tiles, std::size_t level) {
  const FeatureMap& first = tiles[0][level];
  const int cell = tiling.tile / first.width;
  const int side = tiling.side() / cell;
  const auto channels = static_cast<std::size_t>(first.channels);
  const std::shared_ptr<float[]> values(new float[channels * side * side]);
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const CellRange rows = cells_of(tiling, static_cast<int>(i) / tiling.tiles, cell);
    const CellRange columns = cells_of(tiling, static_cast<int>(i) % tiling.tiles, cell);
    for (int y = rows.begin; y < rows.end; ++y) {
      const float* from = tiles[i][level]
                              .position(static_cast<std::size_t>(y - rows.shift) * first.width +
                                        columns.begin - columns.shift)
                              .data();
      float* to = values.get() + (static_cast<std::size_t>(y) * side + columns.begin) * channels;
      std::copy_n(from, channels * (columns.end - columns.begin), to);
    }
  }
  return {first.level, first.channels, side, side, {values, values.get()}, {}};
}

std::vector<RgbView> tiles_of(const Tiling& tiling, const RgbView& image) {
  std::vector<RgbView> tiles;
  for (int row = 0; row < tiling.tiles; ++row)
    for (int column = 0; column < tiling.tiles; ++column)
      tiles.push_back({image.data + row * tiling.step() * image.stride +
                           std::ptrdiff_t{3} * column * tiling.step(),
                       tiling.tile, tiling.tile, image.stride});
  return tiles;
}

}  // namespace

TiledBackbone::TiledBackbone(std::shared_ptr<const Backbone> network, int tiles)
    : network_(std::move(network)),
      tiling_(tiling_of(tiles, network_->info().input_size, network_->info().levels)),
      info_(network_->info()) {
  info_.tiles = tiles;
  info_.tile_size = tiling_.tile;
  info_.input_size = tiling_.side();
  info_.levels = tiled_shapes(tiling_, network_->info().levels);
}

void TiledBackbone::check(const RgbView& image) const {
  if (image.width != info_.input_size || image.height != info_.input_size)
    throw Error(ErrorKind::settings, "the backbone takes images of " +
                                         std::to_string(info_.input_size) + " pixels a side, not " +
                                         std::to_string(image.width) + "x" +
                                         std::to_string(image.height));
}

Levels TiledBackbone::extract(const RgbView& image) const {
  check(image);
  const std::vector<std::uint8_t> small = resampled(image, tiling_.tile, tiling_.tile);
  std::vector<RgbView> inputs = tiles_of(tiling_, image);
  inputs.push_back({small.data(), tiling_.tile, tiling_.tile, std::ptrdiff_t{3} * tiling_.tile});
  const std::vector<Levels> seen = network_->extract_batch(inputs);
  const std::span<const Levels> tiles(seen.data(), seen.size() - 1);
  Levels whole;
  for (std::size_t level = 0; level < seen.back().size(); ++level) {
    whole.push_back(joined(tiling_, tiles, level));
    whole.back().average = average_vector(seen.back()[level]);
  }
  return whole;
}

}  // namespace mvga
