// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/tiled_backbone.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/features/average_vector.h"
#include "core/features/resample.h"

namespace mvga {
namespace {

struct SquareImage {
  explicit SquareImage(int s) : side(s), values(std::size_t{3} * s * s) {}
  RgbView view() const { return {values.data(), side, side, std::ptrdiff_t{3} * side}; }

  int side;
  std::vector<std::uint8_t> values;
};

SquareImage noise(int side) {
  SquareImage pixels(side);
  std::mt19937 random(7);
  for (std::uint8_t& value : pixels.values) value = static_cast<std::uint8_t>(random());
  return pixels;
}

/// The mean colour of every cell: it depends on the cell's pixels alone, so that the maps of tiles
/// have to be, to the last bit, those of the whole. In the outermost cells, where a network sees
/// padding, it can be made to say something else.
class CellMeans : public Backbone {
 public:
  CellMeans(int side, std::vector<int> cells, bool has_bad_borders = false)
      : has_bad_borders_(has_bad_borders), cells_(std::move(cells)) {
    info_.architecture = "cells";
    info_.input_size = side;
    for (std::size_t i = 0; i < cells_.size(); ++i)
      info_.levels.push_back({static_cast<int>(i) + 2, 3, side / cells_[i], side / cells_[i]});
  }
  const BackboneInfo& info() const override { return info_; }

  Levels extract(const RgbView& image) const override {
    Levels levels;
    for (std::size_t i = 0; i < cells_.size(); ++i) levels.push_back(means(image, i));
    return levels;
  }

 private:
  FeatureMap means(const RgbView& image, std::size_t level) const {
    const int cell = cells_[level];
    const int side = image.width / cell;
    const std::shared_ptr<float[]> values(new float[std::size_t{3} * side * side]);
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x)
        for (int c = 0; c < 3; ++c)
          values[(std::size_t{3} * y * side) + std::size_t{3} * x + c] =
              is_bad(y, x, side) ? -1000 : mean(image, y * cell, x * cell, c, cell);
    return {info_.levels[level].level, 3, side, side, {values, values.get()}, {}};
  }

  bool is_bad(int y, int x, int side) const {
    return has_bad_borders_ && (y == 0 || x == 0 || y + 1 == side || x + 1 == side);
  }

  static float mean(const RgbView& image, int top, int left, int channel, int cell) {
    int sum = 0;
    for (int y = top; y < top + cell; ++y)
      for (int x = left; x < left + cell; ++x)
        sum += image.data[y * image.stride + std::ptrdiff_t{3} * x + channel];
    return static_cast<float>(sum) / static_cast<float>(cell * cell);
  }

  bool has_bad_borders_;
  std::vector<int> cells_;
  BackboneInfo info_;
};

std::vector<float> values_of(const FeatureMap& map) {
  return {map.values.get(), map.values.get() + map.positions() * map.channels};
}

class Tilings : public ::testing::TestWithParam<int> {};

TEST_P(Tilings, GiveTheMapsOfTheWhole) {
  const TiledBackbone tiled(std::make_shared<CellMeans>(64, std::vector{2, 4, 8}), GetParam());
  EXPECT_EQ(tiled.info().input_size, 64 + (GetParam() - 1) * 48);
  EXPECT_EQ(tiled.info().tiles, GetParam());
  EXPECT_EQ(tiled.info().tile_size, 64);
  const SquareImage image = noise(tiled.info().input_size);
  const Levels levels = tiled.extract(image.view());
  const Levels whole = CellMeans(image.side, {2, 4, 8}).extract(image.view());
  ASSERT_EQ(levels.size(), 3U);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    EXPECT_EQ(levels[i].level, whole[i].level);
    EXPECT_EQ(levels[i].width, whole[i].width);
    EXPECT_EQ(levels[i].height, tiled.info().levels[i].height);
    EXPECT_EQ(levels[i].width, tiled.info().levels[i].width);
    EXPECT_EQ(values_of(levels[i]), values_of(whole[i])) << "level " << levels[i].level;
  }
}

INSTANTIATE_TEST_SUITE_P(InARow, Tilings, ::testing::Values(2, 3, 7, kMostTiles));

TEST(TiledBackbone, TakesNoCellFromABorderBetweenTiles) {
  const TiledBackbone tiled(std::make_shared<CellMeans>(64, std::vector{4, 8}, true), 3);
  const SquareImage image = noise(tiled.info().input_size);
  for (const FeatureMap& map : tiled.extract(image.view()))
    for (int y = 1; y + 1 < map.height; ++y)
      for (int x = 1; x + 1 < map.width; ++x)
        ASSERT_GE(map.position(static_cast<std::size_t>(y) * map.width + x)[0], 0)
            << "level " << map.level << " at " << x << ", " << y;
}

TEST(TiledBackbone, AveragesTheFrameAsAWhole) {
  const auto network = std::make_shared<CellMeans>(64, std::vector{4, 8});
  const TiledBackbone tiled(network, 3);
  const SquareImage image = noise(tiled.info().input_size);
  const std::vector<std::uint8_t> small = resampled(image.view(), 64, 64);
  const Levels whole = network->extract({small.data(), 64, 64, std::ptrdiff_t{3} * 64});
  const Levels levels = tiled.extract(image.view());
  for (std::size_t i = 0; i < levels.size(); ++i)
    EXPECT_EQ(average_vector(levels[i]), average_vector(whole[i]));
}

TEST(TiledBackbone, TakesImagesOfItsSizeAlone) {
  const TiledBackbone tiled(std::make_shared<CellMeans>(64, std::vector{4}), 2);
  EXPECT_THROW(tiled.extract(noise(64).view()), Error);
}

TEST(Tiling, BordersLieBetweenTheCellsOfAllLevels) {
  const CellMeans vision_transformer(448, {14, 14});
  EXPECT_EQ(tiling_of(3, 448, vision_transformer.info().levels).overlap, 2 * 4 * 14);
  const CellMeans convolutions(256, {4, 8, 16, 32});
  EXPECT_EQ(tiling_of(3, 256, convolutions.info().levels).overlap, 2 * 32);
}

TEST(Tiling, RefusesCellsThatAreNoWholePixels) {
  std::vector<LevelShape> levels{{2, 8, 95, 95}, {5, 8, 24, 24}};
  EXPECT_FALSE(can_be_tiled(380, levels));
  try {
    tiling_of(2, 380, levels);
    FAIL();
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("level 5"), std::string::npos) << e.what();
  }
  // Two cells in a row: each tile would give up all that it sees.
  EXPECT_THROW(tiling_of(2, 64, CellMeans(64, {32}).info().levels), Error);
}

TEST(Tiling, TakesTheFewestTilesThatShrinkNothing) {
  const CellMeans network(256, {4, 32});
  const auto tiles = [&](int pixels) { return tiles_for(pixels, 256, network.info().levels); };
  EXPECT_EQ(tiles(200), 1);
  EXPECT_EQ(tiles(256), 1);
  EXPECT_EQ(tiles(257), 2);
  EXPECT_EQ(tiles(256 + 192), 2);
  EXPECT_EQ(tiles(256 + 193), 3);
  EXPECT_EQ(tiles(100'000), kMostTiles);
}

}  // namespace
}  // namespace mvga
