// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/false_alarm_rate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

namespace mvga {
namespace {

std::vector<double> ascending(std::size_t count) {
  std::vector<double> scores(count);
  std::iota(scores.begin(), scores.end(), 0.0);
  return scores;
}

// P(Bin(m, p) <= r), every term from factorials.
double binomial_at_most(std::size_t m, double p, std::size_t r) {
  double sum = 0;
  const auto n = static_cast<double>(m);
  for (std::size_t k = 0; k <= r; ++k) {
    const auto i = static_cast<double>(k);
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) +
                    i * std::log(p) + (n - i) * std::log(1 - p));
  }
  return sum;
}

TEST(FramesNeeded, AreThoseOfWilks) {
  EXPECT_EQ(frames_needed(0.01), 299u);
  EXPECT_EQ(frames_needed(0.05), 59u);
  EXPECT_EQ(frames_needed(0.1), 29u);
  EXPECT_EQ(frames_needed(0.001), 2995u);
}

TEST(FramesNeeded, AreJustEnoughForThePromise) {
  for (const double rate : {0.002, 0.01, 0.03, 0.05, 0.2}) {
    const std::size_t needed = frames_needed(rate);
    EXPECT_EQ(threshold_for(ascending(needed), rate).rate, rate)
        << needed << " frames were said to be enough for " << rate;
    EXPECT_GT(threshold_for(ascending(needed - 1), rate).rate, rate)
        << needed - 1 << " frames promise what they cannot hold";
  }
}

TEST(FramesNeeded, AreAsManyAsSupportTheTightestRate) {
  for (std::size_t m = 4; m <= 3000; ++m) {
    const double tightest = threshold_for(ascending(m), 0).rate;
    EXPECT_EQ(frames_needed(tightest), m) << "another frame is asked for that is not needed";
  }
}

TEST(Threshold, IsTheOrderStatisticOfTheBinomialDistribution) {
  for (const double wanted : {0.01, 0.02, 0.05, 0.1, 0.3, 0.5}) {
    for (const std::size_t m : {7u, 29u, 59u, 60u, 93u, 299u, 300u, 473u, 1000u, 3000u}) {
      const Threshold found = threshold_for(ascending(m), wanted);
      if (binomial_at_most(m, wanted, 0) > 0.05) {
        EXPECT_GT(found.rate, wanted) << m << " frames promise " << wanted;
        continue;
      }
      std::size_t r = 0;
      while (r + 1 < m && binomial_at_most(m, wanted, r + 1) <= 0.05) ++r;
      EXPECT_EQ(found.rate, wanted);
      EXPECT_EQ(found.value, static_cast<double>(m - 1 - r))
          << "with " << m << " frames and rate " << wanted << ", " << r
          << " held-out frames may lie above the threshold";
    }
  }
}

TEST(Threshold, IsTheLargestScoreWithTheTightestRateWhenThereAreTooFewFrames) {
  for (const std::size_t m : {1u, 2u, 10u, 100u, 298u}) {
    const Threshold found = threshold_for(ascending(m), 0.01);
    EXPECT_EQ(found.value, static_cast<double>(m - 1));
    EXPECT_NEAR(std::pow(1 - found.rate, static_cast<double>(m)), 0.05, 1e-12)
        << "the rate " << found.rate << " is not the one that " << m << " frames support";
  }
}

TEST(Threshold, IsFiniteForRatesOutOfTheOrdinary) {
  const std::vector<double> scores = ascending(100);
  EXPECT_EQ(threshold_for(scores, 0).value, 99) << "no alarm at all cannot be promised";
  EXPECT_GT(threshold_for(scores, 0).rate, 0);
  EXPECT_EQ(threshold_for(scores, 1).value, 0) << "any rate of alarms is welcome";
  EXPECT_EQ(threshold_for(scores, 1).rate, 1);
}

TEST(Threshold, FallsWhenMoreFalseAlarmsAreAllowed) {
  const std::vector<double> scores = ascending(500);
  double last = 1e9;
  for (int i = 1; i < 200; ++i) {
    const double rate = 0.005 * i;
    const double value = threshold_for(scores, rate).value;
    EXPECT_LE(value, last) << "at rate " << rate;
    last = value;
  }
}

// The promise itself. Scores are uniform, so a threshold t has the false-alarm rate 1 - t.
TEST(Threshold, KeepsItsPromiseInNineteenOfTwentyFits) {
  constexpr int repetitions = 4000;
  const double three_deviations = 3 * std::sqrt(0.05 * 0.95 / repetitions);
  std::mt19937 random(20);
  std::uniform_real_distribution<double> uniform;
  for (const auto& [m, wanted] :
       std::vector<std::pair<std::size_t, double>>{{300, 0.01}, {500, 0.05}, {40, 0.01}}) {
    int broken = 0;
    int broken_by_the_next = 0;
    for (int i = 0; i < repetitions; ++i) {
      std::vector<double> scores(m);
      for (double& s : scores) s = uniform(random);
      std::sort(scores.begin(), scores.end());
      const Threshold threshold = threshold_for(scores, wanted);
      broken += 1 - threshold.value > threshold.rate;
      const auto at = std::lower_bound(scores.begin(), scores.end(), threshold.value);
      broken_by_the_next += 1 - *(at - 1) > threshold.rate;
    }
    EXPECT_LE(static_cast<double>(broken) / repetitions, 0.05 + three_deviations)
        << m << " frames, rate " << wanted << ": false alarms exceed what is promised";
    EXPECT_GE(static_cast<double>(broken_by_the_next) / repetitions, 0.05 - three_deviations)
        << m << " frames, rate " << wanted << ": a lower threshold would keep the promise as well";
  }
}

TEST(FramesNeeded, IsDefinedForEveryNumber) {
  constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const double rate : {0.0, -0.0, -1.0, -infinity, 1e-300, 5e-324, 1e-20, nothing})
    EXPECT_EQ(frames_needed(rate), SIZE_MAX) << rate;
  EXPECT_NEAR(static_cast<double>(frames_needed(1e-18)), 2.995732273554e18, 1e6);
  for (const double rate : {1.0, 2.0, infinity}) EXPECT_EQ(frames_needed(rate), 1U) << rate;
}

TEST(Threshold, IsDefinedForEveryNumber) {
  const std::vector<double> scores{1, 2, 3};
  constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const double rate : {0.0, -1.0, -infinity, 1e-300, nothing}) {
    EXPECT_EQ(threshold_for(scores, rate).value, 3) << rate;
    EXPECT_DOUBLE_EQ(threshold_for(scores, rate).rate, 1 - std::cbrt(0.05)) << rate;
  }
  for (const double rate : {1.0, 2.0, infinity}) {
    EXPECT_EQ(threshold_for(scores, rate).value, 1) << rate;
    EXPECT_EQ(threshold_for(scores, rate).rate, 1) << rate;
  }
}

TEST(PValue, CountsTheScoresThatAreAtLeastAsLarge) {
  const std::vector<double> scores{1, 2, 3, 4};
  EXPECT_DOUBLE_EQ(p_value(scores, 0), 1);
  EXPECT_DOUBLE_EQ(p_value(scores, 2.5), 3.0 / 5);
  EXPECT_DOUBLE_EQ(p_value(scores, 4), 2.0 / 5);
}

TEST(PValue, IsNeverZero) {
  EXPECT_DOUBLE_EQ(p_value(std::vector<double>{1, 2, 3, 4}, 1e300), 1.0 / 5)
      << "four normal frames cannot show that something is rarer than one in five";
}

TEST(PValue, CountsTiesAgainstAnAnomaly) {
  EXPECT_DOUBLE_EQ(p_value(std::vector<double>{1, 2, 2, 2, 5}, 2), 5.0 / 6)
      << "equal scores are at least as large";
}

// For a normal frame every p-value is as likely as any other, so one of at most a has the
// probability a at most.
TEST(PValue, IsUniformForNormalFrames) {
  std::mt19937 random(21);
  std::normal_distribution<double> normal;
  constexpr int repetitions = 20000;
  std::vector<int> at_most(10);
  for (int i = 0; i < repetitions; ++i) {
    std::vector<double> scores(19);
    for (double& s : scores) s = normal(random);
    std::sort(scores.begin(), scores.end());
    const double p = p_value(scores, normal(random));
    for (std::size_t k = 0; k < 10; ++k) at_most[k] += p <= 0.1 * static_cast<double>(k + 1) + 1e-9;
  }
  for (std::size_t k = 0; k < 10; ++k) {
    const double a = 0.1 * static_cast<double>(k + 1);
    EXPECT_NEAR(static_cast<double>(at_most[k]) / repetitions, a, 4 * std::sqrt(0.25 / repetitions))
        << "p-values of at most " << a << " are not as frequent as they say";
  }
}

}  // namespace
}  // namespace mvga
