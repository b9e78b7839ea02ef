// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/mahalanobis.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "tests/core/gaussian/random_vectors.h"

namespace mvga {
namespace {

using test::random_vectors;
using test::Rows;

Gaussian random_gaussian(int channels, int kept, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  Gaussian gaussian;
  gaussian.mean.resize(channels);
  for (double& m : gaussian.mean) m = normal(random);
  gaussian.whitening.resize(kept, channels);
  for (int k = 0; k < kept; ++k)
    for (int c = 0; c < channels; ++c)
      gaussian.whitening(k, c) = static_cast<float>(normal(random));
  return gaussian;
}

// The definition in double.
double squared_distance(const Gaussian& gaussian, const Rows& vectors, Eigen::Index row) {
  const Eigen::VectorXd x = vectors.row(row).cast<double>().transpose() - gaussian.mean;
  return (gaussian.whitening.cast<double>() * x).squaredNorm();
}

void expect_distances(int channels, int kept, int rows) {
  const Gaussian gaussian = random_gaussian(channels, kept, static_cast<unsigned>(channels + kept));
  const Rows vectors = random_vectors(rows, channels, static_cast<unsigned>(rows));
  constexpr float untouched = -77;
  std::vector<float> found(static_cast<std::size_t>(rows) + 8, untouched);
  MahalanobisDistance(gaussian).squared(vectors.data(), static_cast<std::size_t>(rows),
                                        found.data());
  for (Eigen::Index i = 0; i < rows; ++i) {
    const double expected = squared_distance(gaussian, vectors, i);
    EXPECT_NEAR(found[static_cast<std::size_t>(i)] / expected, 1, 1e-5)
        << channels << " channels, " << kept << " kept, vector " << i << " of " << rows;
  }
  for (auto i = static_cast<std::size_t>(rows); i < found.size(); ++i)
    EXPECT_EQ(found[i], untouched) << "written beyond the last of " << rows << " distances";
}

TEST(MahalanobisDistance, EqualsTheMatrixProductForEveryChannelCount) {
  for (const int channels : {1, 3, 16, 56, 112, 450}) {
    expect_distances(channels, channels, 13);
    expect_distances(channels, (channels + 1) / 2, 13);
  }
}

TEST(MahalanobisDistance, EqualsTheMatrixProductAroundWholePanelsOfComponents) {
  for (const int kept : {1, 31, 32, 33, 63, 64, 65}) expect_distances(65, kept, 7);
}

TEST(MahalanobisDistance, EqualsTheMatrixProductForAnyNumberOfVectors) {
  for (int rows = 0; rows <= 14; ++rows) expect_distances(16, 9, rows);
}

TEST(MahalanobisDistance, IsZeroAtTheMean) {
  Gaussian gaussian = random_gaussian(20, 20, 1);
  const Rows mean = random_vectors(1, 20, 2);
  gaussian.mean = mean.row(0).cast<double>().transpose();
  float found = -1;
  MahalanobisDistance(gaussian).squared(mean.data(), 1, &found);
  EXPECT_EQ(found, 0);
}

// Centring in fp32 would leave nothing of a difference of 2^-22 on an offset of 4.
TEST(MahalanobisDistance, CentresInDouble) {
  Gaussian gaussian;
  gaussian.mean = Eigen::VectorXd::Constant(1, 4 + 1e-8);
  gaussian.whitening = Gaussian::Whitening::Constant(1, 1, 1e8f);
  const float x = 4;
  float found = 0;
  MahalanobisDistance(gaussian).squared(&x, 1, &found);
  EXPECT_NEAR(found, 1, 1e-5) << "the mean was rounded to fp32 before it was subtracted";
}

}  // namespace
}  // namespace mvga
