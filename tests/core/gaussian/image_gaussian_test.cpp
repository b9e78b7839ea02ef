// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/image_gaussian.h"

#include <gtest/gtest.h>

#include <Eigen/LU>

#include "core/base/error.h"
#include "tests/core/gaussian/random_vectors.h"

namespace mvga {
namespace {

using test::moments_of;
using test::random_vectors;
using test::sample_of;

constexpr Reduction kAll{ReductionKind::none, 1};

Eigen::MatrixXd covariance(const Moments& moments) {
  return moments.scatter() / moments.count();
}

Eigen::MatrixXd fitted_covariance(const Gaussian& gaussian) {
  const Eigen::MatrixXd w = gaussian.whitening.cast<double>();
  return (w.transpose() * w).inverse();
}

// (1 - delta) S_image + delta mu S_pixel, S_pixel with its floor of 1e-3 of the mean variance, and
// mu the mean variance of the image vectors where S_pixel is the identity.
TEST(ImageGaussian, ShrinksTowardsThePixelCovariance) {
  const test::Rows images = random_vectors(9, 12, 1);
  const Moments image = moments_of(images);
  const Moments pixel = moments_of(random_vectors(4000, 12, 2));
  const Gaussian gaussian = fit_image_gaussian(image, sample_of(images, 100), pixel);
  ASSERT_GT(gaussian.shrinkage, 0.01) << "nothing would be tested";

  Eigen::MatrixXd target = covariance(pixel);
  target.diagonal().array() += 1e-3 * target.diagonal().mean();
  const double mu = (target.inverse() * covariance(image)).trace() / 12;
  const double delta = gaussian.shrinkage;
  const Eigen::MatrixXd expected = (1 - delta) * covariance(image) + delta * mu * target;
  EXPECT_LT((fitted_covariance(gaussian) - expected).norm() / expected.norm(), 1e-4);
  EXPECT_EQ(gaussian.mean, image.mean());
}

TEST(ImageGaussian, ShrinksAsMuchAsLedoitAndWolfInTheWhitenedSpace) {
  // Pixel vectors that are white already: nothing changes but the floor.
  const test::Rows images = random_vectors(30, 8, 3);
  test::Rows white = test::Rows::Random(20000, 8);
  const Gaussian relative =
      fit_image_gaussian(moments_of(images), sample_of(images, 100), moments_of(white));
  const Gaussian plain = fit_gaussian(moments_of(images), sample_of(images, 100), kAll);
  EXPECT_NEAR(relative.shrinkage, plain.shrinkage, 0.05 * plain.shrinkage + 1e-4);
}

TEST(ImageGaussian, WeighsAStepByHowQuietTheChannelIs) {
  // Two pictures say nothing of the channels; the positions tell that the second one is quiet.
  test::Rows pixels = test::Rows::Random(5000, 3);
  pixels.col(1) *= 0.1f;
  test::Rows images(4, 3);
  images << 0.1f, 0, 0, -0.1f, 0, 0.1f, 0, 0.01f, -0.1f, 0, -0.01f, 0;
  const Gaussian gaussian =
      fit_image_gaussian(moments_of(images), sample_of(images, 10), moments_of(pixels));
  const auto distance = [&](int channel) { return gaussian.whitening.col(channel).squaredNorm(); };
  EXPECT_GT(distance(1), 10 * distance(0)) << "channels count alike, whatever their spread";
}

TEST(ImageGaussian, KeepsAllComponents) {
  const test::Rows images = random_vectors(50, 12, 4);
  const Moments pixel = moments_of(random_vectors(4000, 12, 2));
  EXPECT_EQ(fit_image_gaussian(moments_of(images), sample_of(images, 100), pixel).kept(), 12);
}

TEST(ImageGaussian, PassesOverTheGroupThatIsLeftOut) {
  const test::Rows images = random_vectors(20, 6, 5);
  const test::Rows others = random_vectors(20, 6, 6) * 50;
  const Moments pixel = moments_of(random_vectors(1000, 6, 2));
  VectorSample both = sample_of(images, 100, 0);
  both.merge(sample_of(others, 100, 1));
  EXPECT_NEAR(fit_image_gaussian(moments_of(images), both, pixel, 1).shrinkage,
              fit_image_gaussian(moments_of(images), sample_of(images, 100), pixel).shrinkage,
              1e-9);
}

TEST(ImageGaussian, RefusesWhatHasNoSpread) {
  const test::Rows images = random_vectors(9, 4, 1);
  const test::Rows flat = test::Rows::Ones(50, 4);
  EXPECT_THROW(fit_image_gaussian(moments_of(images), sample_of(images, 9), moments_of(flat)),
               Error);
  EXPECT_THROW(fit_image_gaussian(moments_of(flat), sample_of(flat, 9), moments_of(images)), Error);
}

}  // namespace
}  // namespace mvga
