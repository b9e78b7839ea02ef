// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/auroc.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace mvga {
namespace {

// Every pair of a positive and a negative, one after the other.
double by_definition(const std::vector<float>& scores, const std::vector<std::uint8_t>& positive) {
  double won = 0;
  double pairs = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    for (std::size_t j = 0; j < scores.size(); ++j) {
      if (positive[i] == 0 || positive[j] != 0) continue;
      ++pairs;
      won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
    }
  }
  return won / pairs;
}

TEST(Auroc, IsTheShareOfPairsInTheRightOrder) {
  std::mt19937 random(7);
  for (const unsigned distinct : {2U, 10U, 100000U}) {
    std::vector<float> scores;
    std::vector<std::uint8_t> positive;
    for (int i = 0; i < 300; ++i) {
      positive.push_back(random() % 4 == 0);
      scores.push_back(static_cast<float>(random() % distinct + 2 * positive.back()));
    }
    EXPECT_NEAR(auroc(scores, positive), by_definition(scores, positive), 1e-12)
        << distinct << " distinct scores";
  }
}

TEST(Auroc, IsOneWhenEveryPositiveScoresHigher) {
  EXPECT_EQ(auroc(std::vector<float>{1, 5, 2, 6}, std::vector<std::uint8_t>{0, 1, 0, 1}), 1);
}

TEST(Auroc, IsAHalfWhenAllScoresAreTheSame) {
  EXPECT_EQ(auroc(std::vector<float>{3, 3, 3}, std::vector<std::uint8_t>{0, 1, 0}), 0.5);
}

TEST(Auroc, IsNotANumberWithoutBothKinds) {
  EXPECT_TRUE(std::isnan(auroc(std::vector<float>{1, 2}, std::vector<std::uint8_t>{1, 1})));
  EXPECT_TRUE(std::isnan(auroc(std::vector<float>{1, 2}, std::vector<std::uint8_t>{0, 0})));
}

}  // namespace
}  // namespace mvga
