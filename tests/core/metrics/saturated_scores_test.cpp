// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/saturated_scores.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <vector>

#include "core/metrics/pixel_scores.h"

namespace mvga {
namespace {

using Labels = std::vector<std::uint8_t>;

AnomalyMap saturation_map_of(int height, int width, std::vector<float> values) {
  return {height, width, std::move(values)};
}

TEST(SaturatedScores, TakeAPartOfADefectAsFound) {
  const auto spro = [](std::size_t saturation) {
    SaturatedScores scores;
    const std::vector<SaturatedDefect> defects{{Labels{1, 1, 1, 1, 0, 0}, saturation}};
    scores.add(saturation_map_of(1, 6, {9, 8, 1, 1, 5, 2}), defects);
    return scores.rank().pro(1);
  };
  // Before the first of two normal pixels is above a threshold, two of four are found.
  EXPECT_DOUBLE_EQ(spro(2), 1);
  EXPECT_DOUBLE_EQ(spro(4), 0.5);
  EXPECT_DOUBLE_EQ(spro(3), 2 / 3.0);
  EXPECT_DOUBLE_EQ(spro(100), 0.5) << "more than there are";
}

TEST(SaturatedScores, CountADefectOnceHoweverLarge) {
  SaturatedScores scores;
  scores.add(
      saturation_map_of(1, 6, {9, 1, 1, 1, 8, 5}),
      std::vector<SaturatedDefect>{{Labels{1, 1, 1, 1, 0, 0}, 1}, {Labels{0, 0, 0, 0, 1, 0}, 1}});
  EXPECT_EQ(scores.defects(), 2U);
  EXPECT_DOUBLE_EQ(scores.rank().pro(1), 1);
}

TEST(SaturatedScores, LetDefectsOverlap) {
  SaturatedScores scores;
  // The first pixel belongs to both; the third, which neither has, is above the second.
  scores.add(saturation_map_of(1, 4, {9, 1, 5, 0}),
             std::vector<SaturatedDefect>{{Labels{1, 1, 0, 0}, 2}, {Labels{1, 0, 0, 0}, 1}});
  EXPECT_DOUBLE_EQ(scores.rank().pro(0.5), (0.5 + 1) / 2);
}

/// As it is defined, threshold by threshold.
double slow_spro(const std::vector<AnomalyMap>& maps,
                 const std::vector<std::vector<SaturatedDefect>>& defects, double limit) {
  std::set<float, std::greater<>> thresholds;
  for (const AnomalyMap& map : maps) thresholds.insert(map.values.begin(), map.values.end());
  double area = 0;
  double rate = 0;
  double overlap = 0;
  for (const float threshold : thresholds) {
    double false_positives = 0;
    double negatives = 0;
    double found = 0;
    double count = 0;
    for (std::size_t m = 0; m < maps.size(); ++m) {
      for (std::size_t i = 0; i < maps[m].values.size(); ++i) {
        const bool defective =
            std::any_of(defects[m].begin(), defects[m].end(),
                        [&](const SaturatedDefect& d) { return d.pixels[i] != 0; });
        if (defective) continue;
        ++negatives;
        if (maps[m].values[i] >= threshold) ++false_positives;
      }
      for (const SaturatedDefect& d : defects[m]) {
        double pixels = 0;
        double enough = 0;
        for (std::size_t i = 0; i < d.pixels.size(); ++i) {
          if (d.pixels[i] == 0) continue;
          ++enough;
          if (maps[m].values[i] >= threshold) ++pixels;
        }
        found += std::min(pixels / std::min(enough, static_cast<double>(d.saturation)), 1.0);
        ++count;
      }
    }
    const double next_rate = false_positives / negatives;
    const double next_overlap = found / count;
    const double end = std::min(next_rate, limit);
    const double at_end =
        next_rate > rate ? overlap + (next_overlap - overlap) * (end - rate) / (next_rate - rate)
                         : next_overlap;
    if (end > rate) area += (end - rate) * (overlap + at_end) / 2;
    rate = next_rate;
    overlap = next_overlap;
    if (rate >= limit) break;
  }
  return area / limit;
}

TEST(SaturatedScores, AgreeWithTheDefinition) {
  std::mt19937 random(4);
  std::vector<AnomalyMap> maps;
  std::vector<std::vector<SaturatedDefect>> defects;
  SaturatedScores scores;
  for (int m = 0; m < 5; ++m) {
    std::vector<float> values(200);
    for (float& v : values) v = static_cast<float>(random() % 60);  // with ties
    defects.emplace_back();
    for (int d = 0; d < m; ++d) {  // the first picture is normal
      Labels pixels(200, 0);
      const std::size_t begin = random() % 150;
      for (std::size_t i = begin; i < begin + 5 + random() % 40; ++i) {
        pixels[i] = 1;
        values[i] += 25;
      }
      defects.back().push_back({pixels, 1 + random() % 40});
    }
    maps.push_back(saturation_map_of(10, 20, values));
    if (m == 0)
      scores.add(maps.back());
    else
      scores.add(maps.back(), defects.back());
  }
  const RankedScores ranked = scores.rank();
  for (const double limit : {0.01, 0.05, 0.1, 0.3, 1.0})
    EXPECT_NEAR(ranked.pro(limit), slow_spro(maps, defects, limit), 1e-12) << limit;
  EXPECT_GT(ranked.pro(0.3), 0.3) << "nothing to measure";
}

TEST(SaturatedScores, AreThePerRegionOverlapWhereAllOfADefectIsNeeded) {
  std::mt19937 random(5);
  std::vector<float> values(200);
  for (float& v : values) v = static_cast<float>(random() % 1000);
  Labels left(200, 0);
  Labels right(200, 0);
  for (int i = 0; i < 4; ++i) left[static_cast<std::size_t>(20 * i)] = 1;
  for (int i = 0; i < 9; ++i) right[static_cast<std::size_t>(20 * i + 10)] = 1;
  Labels both(200, 0);
  std::transform(left.begin(), left.end(), right.begin(), both.begin(), std::plus<>());
  SaturatedScores saturated;
  saturated.add(saturation_map_of(10, 20, values),
                std::vector<SaturatedDefect>{{left, 4}, {right, 9}});
  PixelScores plain;
  plain.add(saturation_map_of(10, 20, values), both);
  EXPECT_DOUBLE_EQ(saturated.rank().pro(0.3), plain.rank().pro(0.3));
}

TEST(SaturatedScores, SayNothingWithoutDefectsOrNormalPixels) {
  SaturatedScores normal;
  normal.add(saturation_map_of(1, 2, {1, 2}));
  EXPECT_TRUE(std::isnan(normal.rank().pro(0.05)));
  SaturatedScores defective;
  defective.add(saturation_map_of(1, 2, {1, 2}), std::vector<SaturatedDefect>{{Labels{1, 1}, 2}});
  EXPECT_TRUE(std::isnan(defective.rank().pro(0.05)));
}

}  // namespace
}  // namespace mvga
