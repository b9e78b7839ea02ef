// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/moments.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/core/gaussian/random_vectors.h"

namespace mvga {
namespace {

using test::moments_of;
using test::random_vectors;
using test::Rows;

struct MeanAndScatter {
  Eigen::VectorXd mean;
  Eigen::MatrixXd scatter;
};

// The definition, in two passes and in long double.
MeanAndScatter in_two_passes(const Rows& vectors) {
  const Eigen::Index channels = vectors.cols();
  std::vector<long double> mean(static_cast<std::size_t>(channels));
  for (Eigen::Index c = 0; c < channels; ++c) {
    for (Eigen::Index i = 0; i < vectors.rows(); ++i)
      mean[static_cast<std::size_t>(c)] += vectors(i, c);
    mean[static_cast<std::size_t>(c)] /= vectors.rows();
  }
  MeanAndScatter result{Eigen::VectorXd(channels), Eigen::MatrixXd(channels, channels)};
  for (Eigen::Index a = 0; a < channels; ++a) {
    const long double mean_a = mean[static_cast<std::size_t>(a)];
    result.mean[a] = static_cast<double>(mean_a);
    for (Eigen::Index b = 0; b < channels; ++b) {
      const long double mean_b = mean[static_cast<std::size_t>(b)];
      long double sum = 0;
      for (Eigen::Index i = 0; i < vectors.rows(); ++i)
        sum += (vectors(i, a) - mean_a) * (vectors(i, b) - mean_b);
      result.scatter(a, b) = static_cast<double>(sum);
    }
  }
  return result;
}

// Largest error, relative to the largest entry.
double error(const Eigen::MatrixXd& found, const Eigen::MatrixXd& expected) {
  return (found - expected).cwiseAbs().maxCoeff() / expected.cwiseAbs().maxCoeff();
}

void expect_same(const Moments& found, const Moments& expected) {
  EXPECT_EQ(found.count(), expected.count()) << "vectors were lost or counted twice";
  EXPECT_LT(error(found.mean(), expected.mean()), 1e-10) << "merging moves the mean";
  EXPECT_LT(error(found.scatter(), expected.scatter()), 1e-10) << "merging changes the scatter";
}

TEST(Moments, EqualMeanAndScatterOfTwoPasses) {
  const Rows vectors = random_vectors(500, 17, 1);
  const Moments moments = moments_of(vectors);
  const MeanAndScatter expected = in_two_passes(vectors);
  EXPECT_EQ(moments.count(), 500);
  EXPECT_LT(error(moments.mean(), expected.mean), 1e-13) << "the mean is not the mean";
  EXPECT_LT(error(moments.scatter(), expected.scatter), 1e-12)
      << "the scatter is not the sum of (x - mean)(x - mean)^T";
}

TEST(Moments, OfTwoHalvesMergeIntoThoseOfTheWhole) {
  const Rows vectors = random_vectors(1000, 24, 2);
  Moments merged = moments_of(vectors.topRows(500));
  merged.merge(moments_of(vectors.bottomRows(500)));
  expect_same(merged, moments_of(vectors));
}

TEST(Moments, OfUnevenPartsMergeIntoThoseOfTheWhole) {
  const Rows vectors = random_vectors(1000, 24, 3);
  for (const int first : {1, 2, 37, 999}) {
    Moments merged = moments_of(vectors.topRows(first));
    merged.merge(moments_of(vectors.bottomRows(1000 - first)));
    expect_same(merged, moments_of(vectors));
  }
}

TEST(Moments, OfManySmallBlocksAreThoseOfOneLargeBlock) {
  const Rows vectors = random_vectors(2000, 12, 4);
  Moments moments(12);
  for (int i = 0; i < 2000;) {
    const int rows = std::min(1 + i % 3, 2000 - i);  // single vectors among them
    moments.add(vectors.row(i).data(), static_cast<std::size_t>(rows));
    i += rows;
  }
  expect_same(moments, moments_of(vectors));
}

TEST(Moments, DoNotDependOnWhichPartMergesIntoWhich) {
  const Rows vectors = random_vectors(300, 9, 5);
  Moments forward = moments_of(vectors.topRows(100));
  forward.merge(moments_of(vectors.bottomRows(200)));
  Moments backward = moments_of(vectors.bottomRows(200));
  backward.merge(moments_of(vectors.topRows(100)));
  expect_same(forward, backward);
}

TEST(Moments, StayAsTheyAreWhenNothingIsAdded) {
  const Rows vectors = random_vectors(50, 6, 6);
  Moments moments = moments_of(vectors);
  moments.merge(Moments(6));
  moments.add(vectors.data(), 0);
  EXPECT_EQ(moments.count(), 50);
  EXPECT_EQ(moments.mean(), moments_of(vectors).mean()) << "an empty part moves the mean";
  EXPECT_EQ(moments.scatter(), moments_of(vectors).scatter()) << "an empty part adds scatter";

  Moments empty(6);
  empty.merge(moments);
  EXPECT_EQ(empty.mean(), moments.mean()) << "the first part weighs less than it should";
}

// The variance is 1e-12 of the squared mean: sums of squares would have lost it all.
TEST(Moments, KeepASmallVarianceOnALargeOffset) {
  Rows vectors = random_vectors(4000, 3, 7);
  for (Eigen::Index i = 0; i < vectors.rows(); ++i)
    for (Eigen::Index c = 0; c < 3; ++c)
      vectors(i, c) = 1048576.0f + 0.125f * static_cast<float>((i * (c + 3) * 7919) % 17);
  const MeanAndScatter expected = in_two_passes(vectors);

  EXPECT_LT(error(moments_of(vectors).scatter(), expected.scatter), 1e-8)
      << "small variances drown in rounding, and opposite PCA lives on them";
  Moments blocks(3);
  for (Eigen::Index i = 0; i < vectors.rows(); i += 10) blocks.add(vectors.row(i).data(), 10);
  EXPECT_LT(error(blocks.scatter(), expected.scatter), 1e-8)
      << "small variances drown when blocks are merged";
}

// A still picture must be recognised as one: any rounding residue would pass for spread.
TEST(Moments, OfIdenticalVectorsHaveNoScatterAtAll) {
  const Rows one = random_vectors(1, 8, 8);
  Moments moments(8);
  for (const int rows : {1, 3, 7, 100}) {
    const Rows block = one.replicate(rows, 1);
    moments.add(block.data(), static_cast<std::size_t>(rows));
  }
  EXPECT_EQ(moments.scatter().cwiseAbs().maxCoeff(), 0) << "identical vectors seem to differ";
}

TEST(Moments, OfProjectedVectorsAreThoseOfTheProjections) {
  const test::Rows vectors = test::random_vectors(50, 6, 3);
  const Eigen::MatrixXd by = Eigen::MatrixXd::Random(6, 4);
  const Moments found = test::moments_of(vectors).projected(by);
  const Moments expected = test::moments_of((vectors.cast<double>() * by).cast<float>());
  EXPECT_EQ(found.count(), 50);
  EXPECT_LT((found.mean() - expected.mean()).norm(), 1e-5 * expected.mean().norm());
  EXPECT_LT((found.scatter() - expected.scatter()).norm(), 1e-5 * expected.scatter().norm());
}

}  // namespace
}  // namespace mvga
