// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Counts of scores: exact while there is memory, and close when there is not.

#include "core/metrics/score_counts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "core/metrics/catalogue.h"
#include "core/metrics/ranked_scores.h"

namespace mvga {
namespace {

std::vector<float> floats_of_all_sizes() {
  std::mt19937 random(3);
  std::vector<float> values{0.0F, 1e-40F, -1e-40F, 3e38F, -3e38F, 1.0F, 1.0F, -1.0F};
  for (int i = 0; i < 5000; ++i)
    values.push_back((static_cast<float>(random()) - 2e9F) *
                     std::pow(10.0F, -static_cast<float>(i % 40)));
  // Enough in a few pages that these have tables.
  for (int i = 0; i < 200000; ++i)
    values.push_back(1.0F + static_cast<float>(random() % 100000) * 1e-7F);
  return values;
}

TEST(ScoreCounts, GoDownAsSortingDoes) {
  ScoreCounts counts(Weighted::yes);
  std::map<float, std::uint64_t, std::greater<>> expected;
  for (const float value : floats_of_all_sizes()) {
    counts.add(value, 0.5);
    ++expected[value];
  }
  ScoreCounts::Descent descent(counts);
  for (const auto& [value, count] : expected) {
    ASSERT_NE(descent.now(), nullptr) << "scores are lost at " << value;
    EXPECT_EQ(descent.now()->count, count) << value;
    EXPECT_EQ(descent.now()->weight, 0.5 * static_cast<double>(count)) << value;
    descent.next();
  }
  EXPECT_EQ(descent.now(), nullptr);
  EXPECT_EQ(counts.merged_bits(), 0U) << "there was memory enough";
}

TEST(ScoreCounts, AreTheSameOfManyAtOnce) {
  const std::vector<float> values = floats_of_all_sizes();
  ScoreCounts one_by_one(Weighted::yes);
  for (const float value : values) one_by_one.add(value, 0.25);
  ScoreCounts at_once(Weighted::yes);
  at_once.add(values, 0.25);
  EXPECT_EQ(at_once.total(), values.size());
  ScoreCounts::Descent b(at_once);
  for (ScoreCounts::Descent a(one_by_one); a.now() != nullptr; a.next(), b.next()) {
    ASSERT_NE(b.now(), nullptr);
    ASSERT_EQ(a.now()->key, b.now()->key);
    ASSERT_EQ(a.now()->count, b.now()->count);
    ASSERT_EQ(a.now()->weight, b.now()->weight);
  }
  EXPECT_EQ(b.now(), nullptr);
}

TEST(ScoreCounts, TakeBothZerosAsEqual) {
  ScoreCounts counts(Weighted::no);
  counts.add(0.0F);
  counts.add(-0.0F);
  EXPECT_EQ(ScoreCounts::Descent(counts).now()->count, 2U);
}

TEST(ScoreCounts, LoseNothingWhenNeighboursAreTakenTogether) {
  for (const Weighted weighted : {Weighted::no, Weighted::yes}) {
    ScoreCounts counts(weighted);
    const std::vector<float> values = floats_of_all_sizes();
    for (const float value : values) counts.add(value, 2);
    for (const unsigned bits : {1U, 5U, 16U}) {
      counts.merge(bits);
      std::uint64_t count = 0;
      double weight = 0;
      for (ScoreCounts::Descent descent(counts); descent.now() != nullptr; descent.next()) {
        count += descent.now()->count;
        weight += descent.now()->weight;
      }
      EXPECT_EQ(count, values.size()) << bits;
      if (weighted == Weighted::yes) {
        EXPECT_EQ(weight, 2.0 * static_cast<double>(values.size()));
      }
    }
  }
}

/// Defects score higher, on scales as wide as maps have; few are equal.
void fill(ScoreCounts& negatives, ScoreCounts& positives) {
  std::mt19937 random(5);
  std::lognormal_distribution<float> normal(0, 0.6F);
  std::lognormal_distribution<float> defective(0.8F, 0.6F);
  for (int i = 0; i < 2'000'000; ++i) negatives.add(normal(random) - 0.3F);
  for (int i = 0; i < 200'000; ++i) positives.add(defective(random) - 0.3F, 1 / 200'000.0);
}

TEST(ScoreCounts, KeepTheirLimit) {
  ScoreCounts all(Weighted::no);
  ScoreCounts all_weighted(Weighted::yes);
  fill(all, all_weighted);
  ASSERT_EQ(all.merged_bits(), 0U);
  const std::size_t limit = all.bytes() / 8;
  ScoreCounts negatives(Weighted::no, limit);
  ScoreCounts positives(Weighted::yes, limit);
  fill(negatives, positives);
  EXPECT_LE(negatives.bytes(), limit);
  EXPECT_LE(positives.bytes(), limit);
  EXPECT_GT(negatives.merged_bits(), 0U) << "the limit is not tried";
  EXPECT_EQ(negatives.total(), all.total());
}

// Tables for every page of eight powers of two on both sides of 0 fit into the limit with three
// bits merged, and maps have fewer.
TEST(ScoreCounts, ThatAreMergedGiveTheSameMetrics) {
  const auto ranked = [](unsigned bits) {
    ScoreCounts negatives(Weighted::no);
    ScoreCounts positives(Weighted::yes);
    fill(negatives, positives);
    negatives.merge(bits);
    return RankedScores(std::move(negatives), std::move(positives), 1);
  };
  const RankedScores exact = ranked(0);
  const RankedScores close = ranked(5);
  for (const Metric& m : metrics()) EXPECT_NEAR(m.compute(close), m.compute(exact), 1e-6) << m.key;
}

}  // namespace
}  // namespace mvga
