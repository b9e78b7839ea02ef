// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/anomaly_map.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace mvga {
namespace {

void expect_near(const AnomalyMap& found, int height, int width, const std::vector<float>& expected,
                 float tolerance, const char* meaning) {
  ASSERT_EQ(found.height, height);
  ASSERT_EQ(found.width, width);
  ASSERT_EQ(found.values.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(found.values[i], expected[i], tolerance)
        << meaning << ", at row " << i / static_cast<std::size_t>(width) << ", column "
        << i % static_cast<std::size_t>(width);
}

TEST(ResizeBilinear, PutsPixelCentresAtHalves) {
  expect_near(resize_bilinear({1, 2, {0, 4}}, 1, 4), 1, 4, {0, 1, 3, 4}, 0,
              "doubling takes 3/4 of the near and 1/4 of the far cell, and clamps at the border");
  expect_near(resize_bilinear({2, 1, {0, 4}}, 4, 1), 4, 1, {0, 1, 3, 4}, 0,
              "rows go the same way as columns");
  expect_near(resize_bilinear({1, 4, {0, 1, 3, 4}}, 1, 2), 1, 2, {0.5f, 3.5f}, 0,
              "halving takes the middle of two cells");
}

TEST(ResizeBilinear, WeighsFourNeighbours) {
  expect_near(resize_bilinear({2, 2, {0, 4, 8, 12}}, 4, 4), 4, 4,
              {0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12}, 0, "a plane stays a plane");
}

TEST(ResizeBilinear, LeavesAMapOfTheRightSizeAsItIs) {
  const AnomalyMap map{2, 3, {1, 2, 3, 4, 5, 6}};
  expect_near(resize_bilinear(map, 2, 3), 2, 3, map.values, 0, "nothing was to be done");
}

TEST(ResizeBilinear, SpreadsASingleCell) {
  expect_near(resize_bilinear({1, 1, {2.5f}}, 2, 3), 2, 3, std::vector<float>(6, 2.5f), 0,
              "one cell covers everything");
}

// Expected values from torch.nn.functional.interpolate(mode="bilinear", align_corners=False),
// PyTorch 1.13.
TEST(ResizeBilinear, AgreesWithPyTorch) {
  const AnomalyMap map{
      3, 5, {0.5f, -1.25f, 3, 2, 0.25f, 1.5f, 4, -0.75f, 6.5f, 1, 2.25f, 0, 5.5f, -3, 7.75f}};
  expect_near(resize_bilinear(map, 7, 8), 7, 8,
              {0.5f,       -0.265625f, -0.984375f, 1.671875f,   2.6875f,   2.0625f,   1.015625f,
               0.25f,      0.6428571f, 0.1428572f, -0.3147321f, 1.537946f, 2.520089f, 2.631696f,
               1.357143f,  0.3571429f, 1.071429f,  1.368304f,   1.694197f, 1.136161f, 2.017857f,
               4.339286f,  2.381696f,  0.6785715f, 1.5f,        2.59375f,  3.703125f, 0.7343751f,
               1.515625f,  6.046875f,  3.40625f,   1.0f,        1.821429f, 2.024554f, 2.263393f,
               2.040179f,  2.084821f,  2.397321f,  3.252232f,   3.892858f, 2.142857f, 1.455357f,
               0.8236607f, 3.345982f,  2.654018f,  -1.252232f,  3.098214f, 6.785715f, 2.25f,
               1.265625f,  0.34375f,   3.78125f,   2.84375f,    -2.46875f, 3.046875f, 7.75f},
              1e-5f, "enlarged by fractions");
  expect_near(resize_bilinear(map, 2, 3), 2, 3,
              {0.5208333f, 2.0625f, 1.333334f, 1.708333f, 3.9375f, 3.833333f}, 1e-5f,
              "made smaller");
  expect_near(
      resize_bilinear(map, 6, 5), 6, 5,
      {0.5f,    -1.25f,  3.0f,    2.0f,    0.25f,   0.75f,   0.0625f, 2.0625f, 3.125f, 0.4375f,
       1.25f,   2.6875f, 0.1875f, 5.375f,  0.8125f, 1.6875f, 3.0f,    0.8125f, 4.125f, 2.6875f,
       2.0625f, 1.0f,    3.9375f, -0.625f, 6.0625f, 2.25f,   0.0f,    5.5f,    -3.0f,  7.75f},
      1e-5f, "rows only");
}

TEST(Fuse, AveragesTheLevels) {
  const std::vector<AnomalyMap> maps{{1, 2, {1, 2}}, {1, 2, {3, 8}}};
  const std::vector<LevelScale> plain(2);
  expect_near(fuse(maps, plain, 1, 2), 1, 2, {2, 5}, 1e-6f, "the unweighted mean of the levels");
}

TEST(Fuse, BringsEachLevelToItsScaleFirst) {
  const std::vector<AnomalyMap> maps{{1, 2, {1, 2}}, {1, 2, {30, 80}}};
  const std::vector<LevelScale> scales{{1, 0.5f}, {30, 10}};
  // (0, 2) and (0, 5)
  expect_near(fuse(maps, scales, 1, 2), 1, 2, {0, 3.5f}, 1e-6f, "(distance - offset) / scale");
}

TEST(Fuse, ResizesEachLevelToTheSizeAskedFor) {
  const std::vector<AnomalyMap> maps{{1, 1, {6}}, {1, 2, {0, 4}}};
  const std::vector<LevelScale> plain(2);
  expect_near(fuse(maps, plain, 1, 4), 1, 4, {3, 3.5f, 4.5f, 5}, 1e-6f,
              "coarse and fine levels meet on one grid");
}

TEST(UpperSpread, IsMeasuredUpwardsFromTheMedian) {
  EXPECT_DOUBLE_EQ(upper_spread({1, 5, {3, 9, 2, 4, 3}}), std::sqrt((36.0 + 1) / 5));
}

TEST(UpperSpread, TakesNoNoticeOfWhatMovesAllPositions) {
  EXPECT_DOUBLE_EQ(upper_spread({1, 5, {103, 109, 102, 104, 103}}), std::sqrt((36.0 + 1) / 5));
}

TEST(UpperSpread, TakesNoNoticeOfCleanSpots) {
  EXPECT_DOUBLE_EQ(upper_spread({1, 5, {3, 9, -200, 4, 3}}), std::sqrt((36.0 + 1) / 5))
      << "a spot more normal than normal counts like a defect";
}

TEST(UpperSpread, IsZeroWithoutAnyDifference) {
  EXPECT_EQ(upper_spread({2, 2, {7, 7, 7, 7}}), 0);
  EXPECT_EQ(upper_spread({1, 1, {7}}), 0);
}

TEST(Maximum, MayBeNegative) {
  EXPECT_EQ(maximum({1, 3, {-4, -2, -9}}), -2);
}

}  // namespace
}  // namespace mvga
