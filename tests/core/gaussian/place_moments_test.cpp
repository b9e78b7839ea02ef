// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/place_moments.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <vector>

namespace mvga {
namespace {

constexpr int kHeight = 6;
constexpr int kWidth = 4;
constexpr int kChannels = 3;

using Map = std::vector<float>;  // [height, width, channels]
using Level = std::function<double(int y, int x, int channel)>;

// Noise of deviation 1 about a level that may depend on the place.
std::vector<Map> maps(int count, const Level& level, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0, 1);
  std::vector<Map> all;
  for (int i = 0; i < count; ++i) {
    Map map;
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < kWidth; ++x)
        for (int c = 0; c < kChannels; ++c)
          map.push_back(static_cast<float>(level(y, x, c) + noise(random)));
    all.push_back(std::move(map));
  }
  return all;
}

double flat(int /*y*/, int /*x*/, int channel) {
  return 10 * channel;
}

// As a part in a fixture: every place has a level of its own.
double by_place(int y, int x, int channel) {
  return 3 * y - 2 * x * channel;
}

Moments moments_of(const std::vector<Map>& maps) {
  Moments moments(kChannels);
  for (const Map& map : maps) moments.add(map.data(), kHeight * kWidth);
  return moments;
}

PlaceMoments places_of(const std::vector<Map>& maps) {
  PlaceMoments places(kHeight, kWidth, kChannels);
  for (const Map& map : maps) places.add(map.data());
  return places;
}

AboutPlaces about_places(const std::vector<Map>& maps) {
  return mvga::about_places(moments_of(maps), places_of(maps));
}

TEST(AboutPlaces, KeepsOneMeanWhereAllPlacesAreAlike) {
  int told_apart = 0;
  for (unsigned seed = 0; seed < 20; ++seed) {
    const std::vector<Map> same = maps(30, flat, seed);
    const AboutPlaces found = about_places(same);
    if (found.means.empty()) {
      EXPECT_EQ(found.moments.scatter(), moments_of(same).scatter());
      continue;
    }
    ++told_apart;
    // What is taken for a difference is small against the noise of deviation 1.
    for (int p = 0; p < kHeight * kWidth; ++p)
      for (int c = 0; c < kChannels; ++c)
        EXPECT_NEAR(found.means.values[static_cast<std::size_t>(p) * kChannels + c], 10 * c, 0.5);
  }
  EXPECT_LT(told_apart, 15) << "chance is taken for a place";
}

TEST(AboutPlaces, HasTheMeanOfEveryPlace) {
  const std::vector<Map> all = maps(200, by_place);
  const AboutPlaces found = about_places(all);
  ASSERT_EQ(found.means.height, kHeight);
  ASSERT_EQ(found.means.width, kWidth);
  ASSERT_EQ(found.means.channels, kChannels);
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      for (int c = 0; c < kChannels; ++c)
        EXPECT_NEAR(found.means.values[(static_cast<std::size_t>(y) * kWidth + x) * kChannels + c],
                    by_place(y, x, c), 0.25);
}

// Summed here vector by vector.
TEST(AboutPlaces, HasTheScatterAboutThoseMeans) {
  for (const int count : {2, 5, 100}) {
    const std::vector<Map> all = maps(count, by_place);
    const AboutPlaces found = about_places(all);
    ASSERT_FALSE(found.means.empty());
    Eigen::MatrixXd scatter = Eigen::MatrixXd::Zero(kChannels, kChannels);
    for (const Map& map : all)
      for (std::size_t i = 0; i < map.size(); i += kChannels) {
        Eigen::VectorXd x(kChannels);
        for (int c = 0; c < kChannels; ++c) x[c] = map[i + c] - found.means.values[i + c];
        scatter += x * x.transpose();
      }
    EXPECT_LT((found.moments.scatter() - scatter).norm(), 1e-5 * scatter.norm()) << count;
    EXPECT_EQ(found.moments.count(), count * kHeight * kWidth);
    EXPECT_EQ(found.moments.mean(), moments_of(all).mean());
  }
}

TEST(AboutPlaces, TakesFewMapsForLess) {
  // Places differ by a third of the noise: 200 maps can tell, 3 cannot.
  const auto slightly = [](int y, int, int) { return y < kHeight / 2 ? 0.33 : 0.0; };
  const auto spread = [&](int count) {
    const AboutPlaces found = about_places(maps(count, slightly));
    if (found.means.empty()) return 0.0f;
    const auto [low, high] =
        std::minmax_element(found.means.values.begin(), found.means.values.end());
    return *high - *low;
  };
  EXPECT_GT(spread(200), 0.2f);
  EXPECT_LT(spread(3), 1.2f) << "the raw means of three maps are apart by more than 2";
}

TEST(AboutPlaces, IsWhatItWasWithoutPlaces) {
  const std::vector<Map> all = maps(20, by_place);
  const AboutPlaces found = mvga::about_places(moments_of(all), PlaceMoments());
  EXPECT_TRUE(found.means.empty());
  EXPECT_EQ(found.moments.scatter(), moments_of(all).scatter());
}

TEST(PlaceMoments, OfPartsAreThoseOfTheWhole) {
  const std::vector<Map> all = maps(10, by_place);
  const PlaceMoments whole = places_of(all);
  PlaceMoments parts;  // of nothing
  parts.merge(places_of({all.begin(), all.begin() + 3}));
  parts.merge(PlaceMoments());
  parts.merge(places_of({all.begin() + 3, all.end()}));
  EXPECT_EQ(parts.maps(), whole.maps());
  EXPECT_LT((parts.sums() - whole.sums()).norm(), 1e-12 * whole.sums().norm());
}

TEST(PlaceMoments, PutPositionsOfLargeMapsTogether) {
  constexpr int kLarge = 3 * kMostCells + 5;
  PlaceMoments places(kLarge, 2, 1);
  Map map(kLarge * 2, 1.0f);
  places.add(map.data());
  EXPECT_EQ(places.cell_rows(), kMostCells);
  EXPECT_EQ(places.cell_columns(), 2);
  EXPECT_EQ(places.positions().sum(), kLarge * 2);
  EXPECT_EQ(places.sums(), places.positions());
  EXPECT_LE(places.positions().maxCoeff(), 4) << "cells of very different size";
}

TEST(PlaceRows, LieBetweenTheCells) {
  // A plane: 10 y + x in cells of 2 x 2 positions.
  PlaceMeans means{3, 2, 1, {}};
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 2; ++x) means.values.push_back(static_cast<float>(10 * y + x));
  PlaceRows rows(means, 6, 4);
  const auto clamped = [](double at, double last) { return std::clamp(at, 0.0, last); };
  for (const int first : {0, 2, 5}) {
    const int taken = std::min(3, 6 - first);
    const float* found = rows.rows(first, taken);
    for (int y = 0; y < taken; ++y)
      for (int x = 0; x < 4; ++x) {
        const double cell_y = clamped((first + y + 0.5) / 2 - 0.5, 2);
        const double cell_x = clamped((x + 0.5) / 2 - 0.5, 1);
        EXPECT_NEAR(found[y * 4 + x], 10 * cell_y + cell_x, 1e-5);
      }
  }
}

TEST(PlaceRows, AreTheMeansWhereCellsArePositions) {
  PlaceMeans means{2, 2, 2, {1, 2, 3, 4, 5, 6, 7, 8}};
  PlaceRows rows(means, 2, 2);
  const float* found = rows.rows(0, 2);
  EXPECT_TRUE(std::equal(means.values.begin(), means.values.end(), found));
}

}  // namespace
}  // namespace mvga
