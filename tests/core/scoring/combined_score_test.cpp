// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/combined_score.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>
#include <vector>

namespace mvga {
namespace {

/// Of Kolmogorov and Smirnov.
double distance_from_normal(std::vector<double> scores) {
  std::sort(scores.begin(), scores.end());
  double distance = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double below = (static_cast<double>(i) + 0.5) / static_cast<double>(scores.size());
    distance = std::max(distance, std::abs(below - (1 - std::exp(log_upper_tail(scores[i])))));
  }
  return distance;
}

// scipy.stats.norm.logsf
TEST(LogUpperTail, AgreesWithSciPy) {
  const std::vector<std::pair<double, double>> published{
      {-5, -2.8665161296376294e-07}, {0, -0.6931471805599453},   {1, -1.8410216450092634},
      {8, -35.01343715991456},       {24.9, -314.1404127616133}, {25.1, -319.14838740588857},
      {40, -804.6084420137539},      {1000, -500007.8266948122}};
  for (const auto& [z, expected] : published)
    EXPECT_NEAR(log_upper_tail(z) / expected, 1, 1e-9) << "at " << z;
}

TEST(DeviateWithUpperTail, IsTheInverse) {
  for (const double z : {-8.0, -3.0, -0.1, 0.0, 0.5, 3.0, 24.99, 25.01, 300.0, 1e4})
    EXPECT_NEAR(deviate_with_upper_tail(log_upper_tail(z)), z, 1e-6 * std::max(1.0, std::abs(z)));
}

// scipy: norm.isf(2 e^-s - e^-2s), s = -norm.logsf(map) - norm.logsf(image) / 2
TEST(CombinedScore, AgreesWithSciPy) {
  EXPECT_NEAR(combined_score(0, 0), -0.20728608895296438, 1e-9);
  EXPECT_NEAR(combined_score(3, 0), 2.8929627136988447, 1e-9);
  EXPECT_NEAR(combined_score(0, 3), 1.7940388508408764, 1e-9);
  EXPECT_NEAR(combined_score(-1, 2), 0.7137250822672863, 1e-9);
  EXPECT_NEAR(combined_score(5, -2), 4.866923573085306, 1e-9);
  EXPECT_NEAR(combined_score(2, 2), 2.4649772854781666, 1e-9);
}

TEST(CombinedScore, IsStandardNormalForIndependentNormalParts) {
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  constexpr int kCount = 20000;
  std::vector<double> scores;
  for (int i = 0; i < kCount; ++i) scores.push_back(combined_score(normal(random), normal(random)));
  EXPECT_LT(distance_from_normal(std::move(scores)), 1.63 / std::sqrt(kCount))
      << "p < 0.01 that scores are standard normal";
}

TEST(CombinedScore, RisesWithBothAndStaysFinite) {
  double last = -100;
  for (const double z : {-1e9, -5.0, -1.0, 0.0, 2.0, 30.0, 1e5}) {
    EXPECT_GT(combined_score(z, 0), last) << z;
    last = combined_score(z, 0);
    EXPECT_TRUE(std::isfinite(last)) << z;
    EXPECT_TRUE(std::isfinite(combined_score(z, z))) << z;
    EXPECT_GT(combined_score(z, 1), last) << "the image part does not count at " << z;
  }
}

TEST(CombinedScore, LetsTheSurerPartDecide) {
  EXPECT_GT(combined_score(6, -3), 5.5) << "a part that sees nothing hides a small defect";
  EXPECT_GT(combined_score(-3, 6), 3.5) << "a part that sees nothing hides a wrong picture";
}

// scipy: norm.isf((e^-s - w e^(-s / w)) / (1 - w)), s = -norm.logsf(main) - w norm.logsf(other)
TEST(JoinedScore, AgreesWithSciPy) {
  EXPECT_NEAR(joined_score(0, 0, 1.0 / 3), -0.16118307498331513, 1e-9);
  EXPECT_NEAR(joined_score(3, 0, 1.0 / 3), 2.9464693129906294, 1e-9);
  EXPECT_NEAR(joined_score(0, 3, 1.0 / 3), 1.3864533808352941, 1e-9);
  EXPECT_NEAR(joined_score(-1, 2, 1.0 / 3), 0.383102216174658, 1e-9);
  EXPECT_NEAR(joined_score(5, -2, 1.0 / 3), 4.922745678688603, 1e-9);
  EXPECT_NEAR(joined_score(2, 2, 1.0 / 3), 2.3389370127116904, 1e-9);
}

TEST(JoinedScore, IsStandardNormalForIndependentNormalParts) {
  for (const double weight : {0.2, 1.0 / 3, 0.9}) {
    std::mt19937 random(1);
    std::normal_distribution<double> normal;
    constexpr int kCount = 20000;
    std::vector<double> scores;
    for (int i = 0; i < kCount; ++i)
      scores.push_back(joined_score(normal(random), normal(random), weight));
    EXPECT_LT(distance_from_normal(std::move(scores)), 1.63 / std::sqrt(kCount))
        << "p < 0.01 that scores are standard normal, weight " << weight;
  }
}

TEST(JoinedScore, RisesWithBothAndStaysFinite) {
  double last = -100;
  for (const double z : {-1e9, -5.0, -1.0, 0.0, 2.0, 30.0, 1e5}) {
    EXPECT_GT(joined_score(0, z, 1.0 / 3), last) << z;
    last = joined_score(0, z, 1.0 / 3);
    EXPECT_TRUE(std::isfinite(last)) << z;
    EXPECT_TRUE(std::isfinite(joined_score(z, z, 1.0 / 3))) << z;
    EXPECT_GT(joined_score(1, z, 1.0 / 3), last) << "the main part does not count at " << z;
  }
}

}  // namespace
}  // namespace mvga
