// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/regions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
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
  const auto all = regions_above(map, 0.3f, 16);
  const double largest =
      std::max_element(all.begin(), all.end(), [](const Region& a, const Region& b) {
        return a.area < b.area;
      })->area;
  for (const Region& region : regions_above(map, 0.3f, 16, largest))
    EXPECT_GE(region.area, largest);
  EXPECT_FALSE(regions_above(map, 0.3f, 16, largest).empty()) << "as large as asked for";
  EXPECT_TRUE(regions_above(map, 0.3f, 16, 1.01 * largest).empty());
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

// The slow and obvious way, on cells: fills each part from its first cell.
std::vector<Region> filled_regions(AnomalyMap map, float threshold) {
  std::vector<Region> regions;
  const auto cells = static_cast<double>(map.values.size());
  for (int start = 0; start < static_cast<int>(map.values.size()); ++start) {
    if (!(map.values[start] > threshold)) continue;
    int left = map.width, top = map.height, right = 0, bottom = 0, count = 0;
    float peak = threshold;
    std::vector<int> to_do{start};
    while (!to_do.empty()) {
      const int index = to_do.back(), x = index % map.width, y = index / map.width;
      to_do.pop_back();
      if (!(map.values[index] > threshold)) continue;
      peak = std::max(peak, map.values[index]);
      map.values[index] = threshold;
      ++count;
      left = std::min(left, x), right = std::max(right, x + 1);
      top = std::min(top, y), bottom = std::max(bottom, y + 1);
      for (int ny = std::max(y - 1, 0); ny <= std::min(y + 1, map.height - 1); ++ny)
        for (int nx = std::max(x - 1, 0); nx <= std::min(x + 1, map.width - 1); ++nx)
          to_do.push_back(ny * map.width + nx);
    }
    regions.push_back({{1.0 * left / map.width, 1.0 * top / map.height,
                        1.0 * (right - left) / map.width, 1.0 * (bottom - top) / map.height},
                       count / cells,
                       peak});
  }
  std::stable_sort(regions.begin(), regions.end(),
                   [](const Region& a, const Region& b) { return a.peak > b.peak; });
  return regions;
}

// At such densities the parts are spirals, combs and rings that join late.
TEST(Regions, AreTheConnectedPartsOfTangledMaps) {
  std::uint32_t random = 1;
  for (const float share : {0.2f, 0.35f, 0.4f, 0.45f, 0.6f}) {
    AnomalyMap map{180, 200, {}};  // large enough not to be refined
    for (int i = 0; i < map.width * map.height; ++i) {
      random = random * 1664525 + 1013904223;
      map.values.push_back(static_cast<float>(random >> 8) * 0x1p-24f);
    }
    const auto expected = filled_regions(map, 1 - share);
    const auto regions = regions_above(map, 1 - share, 1 << 20);
    ASSERT_EQ(regions.size(), expected.size()) << "parts joined or split at share " << share;
    for (std::size_t i = 0; i < regions.size(); ++i) {
      ASSERT_EQ(regions[i].box, expected[i].box) << "part " << i << " at share " << share;
      ASSERT_EQ(regions[i].area, expected[i].area) << "part " << i << " at share " << share;
      ASSERT_EQ(regions[i].peak, expected[i].peak) << "part " << i << " at share " << share;
    }
  }
}

TEST(Regions, AreNoneForAnEmptyMap) {
  EXPECT_TRUE(regions_above({}, 0, 16).empty());
}

TEST(Regions, AreNoneWhereTheMapIsNotANumber) {
  EXPECT_TRUE(regions_above({1, 2, {NAN, NAN}}, 0, 16).empty());
}

}  // namespace
}  // namespace mvga
