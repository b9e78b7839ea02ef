// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The metrics against their definitions, evaluated slowly and one threshold at a time.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <vector>

#include "core/metrics/pixel_scores.h"
#include "core/metrics/ranked_scores.h"
#include "core/metrics/sort_floats.h"

namespace mvga {
namespace {

using Labels = std::vector<std::uint8_t>;

struct Labelled {
  std::vector<float> scores;
  Labels anomalous;
};

// Scores with ties when there are few distinct ones.
Labelled random_scores(std::mt19937& random, unsigned distinct) {
  Labelled labelled;
  for (int i = 0; i < 300; ++i) {
    labelled.anomalous.push_back(random() % 4 == 0);
    labelled.scores.push_back(
        static_cast<float>(random() % distinct + 2 * labelled.anomalous.back()) - 3);
  }
  return labelled;
}

double auroc_by_pairs(const Labelled& l) {
  double won = 0;
  double pairs = 0;
  for (std::size_t i = 0; i < l.scores.size(); ++i) {
    for (std::size_t j = 0; j < l.scores.size(); ++j) {
      if (l.anomalous[i] == 0 || l.anomalous[j] != 0) continue;
      ++pairs;
      if (l.scores[i] > l.scores[j]) won += 1;
      if (l.scores[i] == l.scores[j]) won += 0.5;
    }
  }
  return won / pairs;
}

struct Counts {
  double true_positives = 0;
  double false_positives = 0;
  double all_positives = 0;
};

Counts counts_at(const Labelled& l, float threshold) {
  Counts counts;
  for (std::size_t i = 0; i < l.scores.size(); ++i) {
    const bool above = l.scores[i] >= threshold;
    counts.all_positives += l.anomalous[i] != 0 ? 1 : 0;
    counts.true_positives += above && l.anomalous[i] != 0 ? 1 : 0;
    counts.false_positives += above && l.anomalous[i] == 0 ? 1 : 0;
  }
  return counts;
}

TEST(RankedScores, HaveTheShareOfPairsInTheRightOrderAsAuroc) {
  std::mt19937 random(7);
  for (const unsigned distinct : {2U, 10U, 100000U}) {
    const Labelled l = random_scores(random, distinct);
    EXPECT_NEAR(RankedScores(l.scores, l.anomalous).auroc(), auroc_by_pairs(l), 1e-12)
        << distinct << " distinct scores";
  }
}

TEST(RankedScores, HaveTheBestF1AndTheAveragePrecisionOfAllThresholds) {
  std::mt19937 random(8);
  for (const unsigned distinct : {2U, 10U, 100000U}) {
    const Labelled l = random_scores(random, distinct);
    double f1 = 0;
    double average_precision = 0;
    double recall_before = 0;
    const std::set<float, std::greater<>> thresholds(l.scores.begin(), l.scores.end());
    for (const float threshold : thresholds) {
      const Counts c = counts_at(l, threshold);
      const double precision = c.true_positives / (c.true_positives + c.false_positives);
      const double recall = c.true_positives / c.all_positives;
      if (recall > 0) f1 = std::max(f1, 2 * precision * recall / (precision + recall));
      average_precision += (recall - recall_before) * precision;
      recall_before = recall;
    }
    const RankedScores ranked(l.scores, l.anomalous);
    EXPECT_NEAR(ranked.f1_max(), f1, 1e-12) << distinct << " distinct scores";
    EXPECT_NEAR(ranked.average_precision(), average_precision, 1e-12);
  }
}

TEST(RankedScores, ArePerfectWhenEveryPositiveScoresHigher) {
  const RankedScores ranked(std::vector<float>{1, 5, 2, 6}, Labels{0, 1, 0, 1});
  EXPECT_EQ(ranked.auroc(), 1);
  EXPECT_EQ(ranked.average_precision(), 1);
  EXPECT_EQ(ranked.f1_max(), 1);
}

TEST(RankedScores, HaveAnAurocOfAHalfWhenAllAreTheSame) {
  EXPECT_EQ(RankedScores(std::vector<float>{3, 3, 3}, Labels{0, 1, 0}).auroc(), 0.5);
}

TEST(RankedScores, SayWhichMetricsAreNotThere) {
  const RankedScores only_good(std::vector<float>{1, 2}, Labels{0, 0});
  EXPECT_TRUE(std::isnan(only_good.auroc()));
  EXPECT_TRUE(std::isnan(only_good.average_precision()));
  EXPECT_TRUE(std::isnan(only_good.f1_max()));
  EXPECT_TRUE(std::isnan(only_good.pro(0.3)));
  const RankedScores only_bad(std::vector<float>{1, 2}, Labels{1, 1});
  EXPECT_TRUE(std::isnan(only_bad.auroc()));
  EXPECT_EQ(only_bad.average_precision(), 1);
}

AnomalyMap map_of(int height, int width, std::vector<float> values) {
  return {height, width, std::move(values)};
}

// Two defects: one pixel that scores 4, and four pixels that score 3, 2, 1, 1. Ten normal pixels
// score 2.5 (one), 1.5 (one) and 0. By hand: fpr 0 -> pro (1 + 1/4) / 2 at threshold 3,
// fpr 0.1 -> the same at 2.5 and 3/4 at 2, fpr 0.2 -> 3/4 at 1.5 and 1 at 1.
TEST(Pro, IsTheAreaUnderTheMeanOverlapWithEachDefect) {
  PixelScores pixels;
  pixels.add(map_of(3, 5,
                    {4, 2.5F, 3, 2, 0,  //
                     0, 1.5F, 1, 1, 0,  //
                     0, 0, 0, 0, 0}),
             Labels{1, 0, 1, 1, 0,  //
                    0, 0, 1, 1, 0,  //
                    0, 0, 0, 0, 0});
  EXPECT_EQ(pixels.defects(), 2U);
  const RankedScores ranked = pixels.rank();
  // Linear between (0.1, 0.75) and (0.2, 0.75), and on to (1, 1), with a step at 0.1.
  EXPECT_NEAR(ranked.pro(0.1), 0.625, 1e-12);
  EXPECT_NEAR(ranked.pro(0.2), (0.0625 + 0.075) / 0.2, 1e-12);
}

using Curve = std::vector<CurvePoint>;

TEST(RankedScores, HaveTheRocCurveOfTheirThresholds) {
  // Positives 9, 7, 5, 5 and negatives 8, 5, 3, 2, from the highest threshold to the lowest.
  const RankedScores ranked(std::vector<float>{9, 7, 5, 5, 8, 5, 3, 2},
                            Labels{1, 1, 1, 1, 0, 0, 0, 0});
  EXPECT_EQ(ranked.roc_curve(0),
            (Curve{{0, 0}, {0, 0.25}, {0.25, 0.25}, {0.25, 0.5}, {0.5, 1}, {0.75, 1}, {1, 1}}));
}

double area_below(const Curve& curve) {
  double area = 0;
  for (std::size_t i = 1; i < curve.size(); ++i)
    area += (curve[i].rate - curve[i - 1].rate) * (curve[i].found + curve[i - 1].found) / 2;
  return area;
}

TEST(RankedScores, ThinTheCurveWithoutMovingIt) {
  std::mt19937 random(9);
  Labelled l;
  for (int i = 0; i < 20000; ++i) {
    l.anomalous.push_back(i % 2);
    l.scores.push_back(static_cast<float>(random() % 1000000) + (i % 2 == 1 ? 300000.0F : 0.0F));
  }
  const RankedScores ranked(l.scores, l.anomalous);
  const Curve whole = ranked.roc_curve(0);
  const Curve thinned = ranked.roc_curve(0.01);
  EXPECT_GT(whole.size(), 10000U);
  EXPECT_LE(thinned.size(), 400U);
  EXPECT_EQ(thinned.front(), (CurvePoint{0, 0}));
  EXPECT_EQ(thinned.back(), (CurvePoint{1, 1}));
  EXPECT_NEAR(area_below(whole), ranked.auroc(), 1e-12);
  EXPECT_NEAR(area_below(thinned), ranked.auroc(), 0.002);
}

TEST(RankedScores, KeepTheCornersOfAThinnedCurve) {
  // Two small steps, then a jump: without the second of them, the jump would begin at the first.
  const RankedScores ranked({5, 4}, {{9, 0.01}, {8, 0.01}, {7, 0.98}});
  EXPECT_EQ(ranked.pro_curve(1, 0.1), (Curve{{0, 0}, {0, 0.02}, {0, 1}, {0.5, 1}, {1, 1}}));
}

TEST(RankedScores, HaveNoCurveWithoutNegatives) {
  const RankedScores only_bad(std::vector<float>{1, 2}, Labels{1, 1});
  EXPECT_TRUE(only_bad.roc_curve(0).empty());
  EXPECT_TRUE(only_bad.pro_curve(0.3, 0).empty());
}

// The numbers of the example above.
TEST(Pro, HasACurveThatEndsAtTheLimit) {
  // Weights a half for the defect of one pixel, an eighth for each of the other's four.
  std::vector<float> normal(10, 0);
  normal[0] = 2.5F;
  normal[1] = 1.5F;
  const RankedScores ranked(normal, {{4, 0.5}, {3, 0.125}, {2, 0.125}, {1, 0.125}, {1, 0.125}});
  EXPECT_EQ(ranked.pro_curve(0.2, 0),
            (Curve{{0, 0}, {0, 0.5}, {0, 0.625}, {0.1, 0.625}, {0.1, 0.75}, {0.2, 0.75}}));
  EXPECT_EQ(ranked.pro_curve(0.05, 0), (Curve{{0, 0}, {0, 0.5}, {0, 0.625}, {0.05, 0.625}}));
  EXPECT_NEAR(area_below(ranked.pro_curve(0.15, 0)) / 0.15, ranked.pro(0.15), 1e-12);
}

TEST(Pro, GivesSmallDefectsTheSameWeight) {
  PixelScores found_large;
  found_large.add(map_of(1, 8, {9, 9, 9, 9, 0, 0, 1, 0}), Labels{1, 1, 1, 1, 0, 0, 1, 0});
  PixelScores found_small;
  found_small.add(map_of(1, 8, {1, 1, 1, 1, 0, 0, 9, 0}), Labels{1, 1, 1, 1, 0, 0, 1, 0});
  EXPECT_EQ(found_large.rank().pro(0.3), found_small.rank().pro(0.3));
}

TEST(Pro, TakesPixelsThatTouchAtCornersAsOneDefect) {
  PixelScores pixels;
  pixels.add(map_of(2, 2, {1, 2, 3, 4}), Labels{1, 0, 0, 1});
  EXPECT_EQ(pixels.defects(), 1U);
}

TEST(Pro, CountsFalsePositivesInNormalImagesToo) {
  const auto pro_with = [](float normal) {
    PixelScores pixels;
    pixels.add(map_of(1, 2, {5, 0}), Labels{1, 0});
    pixels.add(map_of(1, 2, {normal, normal}));
    return pixels.rank().pro(0.3);
  };
  EXPECT_EQ(pro_with(1), 1);
  EXPECT_LT(pro_with(6), 0.3);
}

TEST(SortFloats, SortsAsComparingDoes) {
  std::mt19937 random(3);
  std::vector<float> values{0.0F, -0.0F, 1e-40F, -1e-40F, 3e38F, -3e38F};
  for (int i = 0; i < 5000; ++i)
    values.push_back((static_cast<float>(random()) - 2e9F) *
                     std::pow(10.0F, -static_cast<float>(i % 40)));
  std::vector<float> expected = values;
  std::sort(expected.begin(), expected.end());
  sort_floats(values);
  EXPECT_EQ(values, expected);
}

}  // namespace
}  // namespace mvga
