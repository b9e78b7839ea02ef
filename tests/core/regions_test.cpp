// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/regions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace mvga {
namespace {

// '#' is 1, a digit its tenth, '.' is 0.
AnomalyMap drawn(const std::vector<std::string>& rows) {
  AnomalyMap map{static_cast<int>(rows.size()), static_cast<int>(rows[0].size()), {}};
  for (const std::string& row : rows)
    for (const char c : row)
      map.values.push_back(c == '#' ? 1.0f : c == '.' ? 0.0f : 0.1f * static_cast<float>(c - '0'));
  return map;
}

void expect_box(const Box& box, double left, double top, double right, double bottom,
                double tolerance, const char* meaning) {
  EXPECT_NEAR(box.x, left, tolerance) << meaning;
  EXPECT_NEAR(box.y, top, tolerance) << meaning;
  EXPECT_NEAR(box.x + box.width, right, tolerance) << meaning;
  EXPECT_NEAR(box.y + box.height, bottom, tolerance) << meaning;
}

TEST(Regions, AreNoneWhereNothingIsAboveTheThreshold) {
  EXPECT_TRUE(regions_above(drawn({"...", ".4.", "..."}), 0.5f, 16).empty());
  EXPECT_TRUE(regions_above(drawn({"##", "##"}), 1.0f, 16).empty())
      << "a value at the threshold is not above it";
}

TEST(Regions, CoverWhatIsAboveTheThreshold) {
  // Columns 4 to 7 and rows 2 to 5 of ten. Half of the step down lies on the edge of the cells.
  const auto regions =
      regions_above(drawn({"..........", "..........", "....####..", "....####..", "....####..",
                           "....####..", "..........", "..........", "..........", ".........."}),
                    0.5f, 16);
  ASSERT_EQ(regions.size(), 1u);
  expect_box(regions[0].box, 0.4, 0.2, 0.8, 0.6, 0.03, "the box must enclose the square closely");
  EXPECT_NEAR(regions[0].area, 0.16, 0.02) << "the share of the picture above the threshold";
  EXPECT_EQ(regions[0].peak, 1.0f);
}

TEST(Regions, HaveTheLargestValueOfTheMapAsPeak) {
  const auto regions =
      regions_above(drawn({".....", ".....", "..9..", ".....", "....."}), 0.5f, 16);
  ASSERT_EQ(regions.size(), 1u);
  EXPECT_FLOAT_EQ(regions[0].peak, 0.9f) << "refining the map must not lower its peaks";
}

TEST(Regions, AreFoundWheneverTheMapIsAboveTheThreshold) {
  EXPECT_EQ(regions_above(drawn({".....", ".....", "..9..", ".....", "....."}), 0.85f, 16).size(),
            1u)
      << "a picture would be above its threshold without any region that shows where";
}

TEST(Regions, JoinAcrossCorners) {
  EXPECT_EQ(regions_above(drawn({"#...", ".#..", "..#.", "...#"}), 0.1f, 16).size(), 1u)
      << "a thin diagonal scratch is one region";
}

// A refined cell touches the next one only by its corner: 8-connected, not 4-connected.
TEST(Regions, JoinAcrossCornersOfSingleCells) {
  AnomalyMap map{512, 512, std::vector<float>(512 * 512)};  // so large that it is not refined
  for (const int i : {100, 101, 102}) map.values[static_cast<std::size_t>(i * 512 + i)] = 1;
  map.values[103 * 512 + 101] = 1;  // below and to the left
  const auto regions = regions_above(map, 0.5f, 16);
  ASSERT_EQ(regions.size(), 1u) << "neighbours across a corner must belong together";
  expect_box(regions[0].box, 100 / 512.0, 100 / 512.0, 103 / 512.0, 104 / 512.0, 1e-12,
             "the box ends with the outer edge of its cells");
  EXPECT_DOUBLE_EQ(regions[0].area, 4 / (512.0 * 512.0));
}

TEST(Regions, StayApartWhenACellLiesBetween) {
  AnomalyMap map{512, 512, std::vector<float>(512 * 512)};
  map.values[100 * 512 + 100] = 1;
  map.values[100 * 512 + 102] = 1;
  map.values[102 * 512 + 100] = 1;
  EXPECT_EQ(regions_above(map, 0.5f, 16).size(), 3u);
}

TEST(Regions, DoNotJoinAcrossTheLeftAndRightEdge) {
  AnomalyMap map{512, 512, std::vector<float>(512 * 512)};
  map.values[100 * 512 + 511] = 1;
  map.values[101 * 512] = 1;  // the next in memory, at the other side of the picture
  EXPECT_EQ(regions_above(map, 0.5f, 16).size(), 2u);
}

TEST(Regions, ComeStrongestFirst) {
  const auto regions =
      regions_above(drawn({"6......8", "........", "........", "7......9"}), 0.3f, 16);
  ASSERT_EQ(regions.size(), 4u);
  const std::vector<std::pair<bool, bool>> right_and_low{
      {true, true}, {true, false}, {false, true}, {false, false}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(regions[i].box.x > 0.5, right_and_low[i].first) << "place " << i;
    EXPECT_EQ(regions[i].box.y > 0.4, right_and_low[i].second) << "place " << i;
  }
}

TEST(Regions, AreTheStrongestWhenThereAreTooMany) {
  const AnomalyMap map = drawn({"6......8", "........", "........", "7......9"});
  const auto two = regions_above(map, 0.3f, 2);
  ASSERT_EQ(two.size(), 2u);
  EXPECT_FLOAT_EQ(two[0].peak, 0.9f);
  EXPECT_FLOAT_EQ(two[1].peak, 0.8f);
  EXPECT_TRUE(regions_above(map, 0.3f, 0).empty()) << "none were asked for";
}

TEST(Regions, CoverTheWholePictureWhenAllOfItIsAbove) {
  for (const AnomalyMap& map : {AnomalyMap{3, 5, std::vector<float>(15, 2)}, AnomalyMap{1, 1, {2}},
                                AnomalyMap{1, 7, std::vector<float>(7, 2)},
                                AnomalyMap{600, 3, std::vector<float>(1800, 2)}}) {
    const auto regions = regions_above(map, 1, 16);
    ASSERT_EQ(regions.size(), 1u) << map.height << " x " << map.width;
    EXPECT_EQ(regions[0].box, (Box{0, 0, 1, 1})) << map.height << " x " << map.width;
    EXPECT_DOUBLE_EQ(regions[0].area, 1);
    EXPECT_EQ(regions[0].peak, 2);
  }
}

TEST(Regions, WorkWithNegativeThresholds) {  // calibrated maps are centred
  const auto regions = regions_above({1, 2, {-3, -1}}, -2, 16);
  ASSERT_EQ(regions.size(), 1u);
  EXPECT_EQ(regions[0].peak, -1);
  EXPECT_NEAR(regions[0].box.x, 0.5, 0.05);
}

TEST(Regions, AreNoneForAnEmptyMap) {
  EXPECT_TRUE(regions_above({}, 0, 16).empty());
}

TEST(Regions, AreNoneWhereTheMapIsNotANumber) {
  EXPECT_TRUE(regions_above({1, 2, {NAN, NAN}}, 0, 16).empty());
}

}  // namespace
}  // namespace mvga
