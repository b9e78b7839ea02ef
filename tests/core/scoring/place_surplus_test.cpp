// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/place_surplus.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <vector>

namespace mvga {
namespace {

constexpr int kHeight = 40;
constexpr int kWidth = 30;

using Level = std::function<double(int y, int x)>;

// Noise of deviation 1 about a level that may depend on the place.
std::vector<AnomalyMap> pictures(int count, const Level& level, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0, 1);
  std::vector<AnomalyMap> maps;
  for (int i = 0; i < count; ++i) {
    AnomalyMap map{kHeight, kWidth, {}};
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x)
        map.values.push_back(static_cast<float>(level(y, x) + noise(random)));
    maps.push_back(std::move(map));
  }
  return maps;
}

double flat(int /*y*/, int /*x*/) {
  return 5;
}

double high_at_the_left(int /*y*/, int x) {
  return x < 5 ? 8 : 5;
}

TEST(PlaceSurplus, IsNothingWhereAllPlacesAreAlike) {
  for (const int count : {2, 20, 200}) {
    for (const float v : place_surplus(pictures(count, flat)).values)
      EXPECT_EQ(v, 0) << "noise of " << count << " pictures taken for a place";
  }
}

TEST(PlaceSurplus, IsWhatLiesAboveTheUsual) {
  const std::vector<AnomalyMap> maps = pictures(200, high_at_the_left);
  // By hand: mean 5.5, variance 1 + 9 * 5/6 * 1/6.
  const double usual = 5.5 + 0.5 * std::sqrt(1 + 9.0 * 5 / 36);
  const AnomalyMap surplus = place_surplus(maps);
  ASSERT_EQ(surplus.height, kHeight);
  ASSERT_EQ(surplus.width, kWidth);
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < 4; ++x) EXPECT_NEAR(surplus.at(y, x), 8 - usual, 0.15);
    for (int x = 6; x < kWidth; ++x) EXPECT_EQ(surplus.at(y, x), 0);
  }
}

TEST(PlaceSurplus, LeavesPlacesThatAreQuieterThanOthers) {
  const auto quiet_in_the_middle = [](int y, int x) {
    return y > 10 && y < 30 && x > 10 && x < 20 ? 1.0 : 5.0;
  };
  for (const float v : place_surplus(pictures(100, quiet_in_the_middle)).values) EXPECT_EQ(v, 0);
}

TEST(PlaceSurplus, LeavesWhatOnePictureOfManyShows) {
  std::vector<AnomalyMap> maps = pictures(100, flat);
  for (int x = 10; x < 20; ++x) maps[17].values[static_cast<std::size_t>(20 * kWidth + x)] = 60;
  for (const float v : place_surplus(maps).values) EXPECT_EQ(v, 0) << "one outlier is no place";
}

TEST(PlaceSurplus, TakesLessOfWhatIsLessCertain) {
  const auto mean_at_the_left = [](const AnomalyMap& surplus) {
    double sum = 0;
    for (int y = 0; y < kHeight; ++y) sum += surplus.at(y, 1);
    return sum / kHeight;
  };
  // Pictures that differ as wholes: their mean is known to 3 / sqrt(count).
  const auto swaying = [](int count) {
    std::mt19937 random(3);
    std::normal_distribution<double> sway(0, 3);
    std::vector<AnomalyMap> maps;
    for (int i = 0; i < count; ++i) {
      const double shift = sway(random);
      const auto level = [&](int y, int x) { return x < 5 ? 8 + shift : flat(y, x); };
      maps.push_back(pictures(1, level, static_cast<unsigned>(i))[0]);
    }
    return maps;
  };
  const double few = mean_at_the_left(place_surplus(swaying(8)));
  const double many = mean_at_the_left(place_surplus(swaying(400)));
  EXPECT_LT(few, 0.7 * many);
  EXPECT_GT(many, 1);
}

TEST(PlaceSurplus, IsSubtracted) {
  AnomalyMap map{1, 3, {5, 6, 7}};
  subtract({1, 3, {0, 0.5f, 2}}, map);
  EXPECT_EQ(map.values, (std::vector<float>{5, 5.5f, 5}));
}

// Each picture's mean over the surroundings, at the border of those that there are.
TEST(PlaceSurplus, LooksAtTheSurroundings) {
  const auto one_column = [](int /*y*/, int x) { return x == 10 ? 50.0 : 0.0; };
  const AnomalyMap surplus = place_surplus(pictures(400, one_column));
  // 3 % of 30 columns is one to each side.
  EXPECT_GT(surplus.at(20, 9), 5);
  EXPECT_NEAR(surplus.at(20, 9), surplus.at(20, 11), 0.2);
  EXPECT_NEAR(surplus.at(20, 9), surplus.at(20, 10), 0.2);
  EXPECT_EQ(surplus.at(20, 7), 0);
  EXPECT_EQ(surplus.at(20, 13), 0);
}

}  // namespace
}  // namespace mvga
