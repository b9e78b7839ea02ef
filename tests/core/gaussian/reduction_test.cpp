// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/reduction.h"

#include <gtest/gtest.h>

#include <initializer_list>

#include "core/base/error.h"

namespace mvga {
namespace {

Eigen::VectorXd spectrum(std::initializer_list<double> values) {
  Eigen::VectorXd v(static_cast<Eigen::Index>(values.size()));
  std::copy(values.begin(), values.end(), v.begin());
  return v;
}

void expect_range(const ComponentRange& found, Eigen::Index first, Eigen::Index count,
                  const char* meaning) {
  EXPECT_EQ(found.first, first) << meaning;
  EXPECT_EQ(found.count, count) << meaning;
}

const Reduction opca_05{ReductionKind::opposite_pca, 0.05};

// Cumulative shares 0.6, 0.9, 0.96, 1: the line is at 0.95.
TEST(Opca, KeepsTheComponentThatCrossesTheLine) {
  expect_range(kept_components(spectrum({60, 30, 6, 4}), opca_05), 2, 2,
               "the component that takes the share above 1 - tau belongs to the kept ones");
}

// Cumulative shares 0.5, 0.75, 0.875, 1, all exact in binary: the line is at 0.75.
TEST(Opca, DropsTheComponentThatEndsExactlyOnTheLine) {
  expect_range(kept_components(spectrum({4, 2, 1, 1}), {ReductionKind::opposite_pca, 0.25}), 2, 2,
               "components are dropped while the share stays at or below 1 - tau");
}

TEST(Opca, KeepsAllWhenTheFirstComponentAloneCrossesTheLine) {
  expect_range(kept_components(spectrum({98, 1, 1}), opca_05), 0, 3,
               "nothing lies before the first component, so nothing can be dropped");
}

TEST(Opca, KeepsDirectionsWithoutVariance) {
  expect_range(kept_components(spectrum({60, 30, 6, 4, 0, 0, 0}), opca_05), 2, 5,
               "a direction in which normal pictures never vary tells most about anomalies");
}

TEST(Opca, KeepsAllWhenAllVarianceIsWanted) {
  expect_range(kept_components(spectrum({3, 2, 1}), {ReductionKind::opposite_pca, 1}), 0, 3,
               "a share of 1 is everything");
}

TEST(Opca, KeepsOneComponentAtLeast) {
  const auto kept = kept_components(spectrum({3, 2, 1}), {ReductionKind::opposite_pca, 0});
  EXPECT_GE(kept.count, 1) << "a Gaussian without any component scores everything as normal";
  EXPECT_EQ(kept.first + kept.count, 3) << "what is kept must reach to the last component";
}

TEST(Opca, KeepsTheOnlyChannel) {
  expect_range(kept_components(spectrum({7}), opca_05), 0, 1, "there is nothing to choose");
}

TEST(Opca, KeepsAllOfASpectrumWithoutVariance) {
  expect_range(kept_components(spectrum({0, 0}), opca_05), 0, 2, "0 / 0 must not decide");
}

TEST(Pca, KeepsTheLeadingComponentsUpToTheOneThatReachesTheShare) {
  expect_range(kept_components(spectrum({60, 30, 6, 4}), {ReductionKind::pca, 0.95}), 0, 3,
               "0.9 is not enough, 0.96 is");
}

TEST(Pca, StopsAtTheComponentThatReachesTheShareExactly) {
  expect_range(kept_components(spectrum({4, 2, 1, 1}), {ReductionKind::pca, 0.75}), 0, 2,
               "0.75 is reached with the second component");
}

TEST(Pca, KeepsOneComponentAtLeast) {
  expect_range(kept_components(spectrum({3, 2, 1}), {ReductionKind::pca, 0}), 0, 1,
               "a Gaussian needs a component");
}

TEST(NoReduction, KeepsAllComponentsWhateverTheVariance) {
  expect_range(kept_components(spectrum({60, 30, 6, 4, 0}), {ReductionKind::none, 0.05}), 0, 5,
               "`none` ignores the variance setting");
}

TEST(ReductionNames, AreReadAsTheyAreWritten) {
  for (const auto kind : {ReductionKind::none, ReductionKind::opposite_pca, ReductionKind::pca})
    EXPECT_EQ(reduction_from(name_of(kind)), kind) << "a saved model would not load";
}

TEST(ReductionNames, AreListedWhenOneIsUnknown) {
  try {
    reduction_from("ocpa");
    FAIL() << "an unknown reduction was accepted";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::settings);
    EXPECT_NE(std::string(e.what()).find("opca"), std::string::npos)
        << "the text must say which names there are: " << e.what();
  }
}

}  // namespace
}  // namespace mvga
