// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/gaussian.h"

#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/gaussian/shrinkage.h"
#include "tests/core/gaussian/random_vectors.h"

namespace mvga {
namespace {

using test::moments_of;
using test::random_vectors;
using test::Rows;
using test::sample_of;

const Reduction all{ReductionKind::none, 1};
const Reduction opca{ReductionKind::opposite_pca, 0.05};
const Reduction pca{ReductionKind::pca, 0.95};

Eigen::MatrixXd centred(const Rows& vectors) {
  Eigen::MatrixXd x = vectors.cast<double>();
  const Eigen::RowVectorXd mean = x.colwise().mean();
  x.rowwise() -= mean;
  return x;
}

// Ledoit and Wolf's definition, term by term: scikit-learn's ledoit_wolf_shrinkage with
// assume_centered=True. x: [n, p], centred.
double shrinkage_by_definition(const Eigen::MatrixXd& x) {
  const auto n = static_cast<double>(x.rows());
  const auto p = static_cast<double>(x.cols());
  Eigen::MatrixXd s = Eigen::MatrixXd::Zero(x.cols(), x.cols());
  for (Eigen::Index k = 0; k < x.rows(); ++k)
    for (Eigen::Index i = 0; i < x.cols(); ++i)
      for (Eigen::Index j = 0; j < x.cols(); ++j) s(i, j) += x(k, i) * x(k, j) / n;
  double m = 0;
  for (Eigen::Index i = 0; i < x.cols(); ++i) m += s(i, i) / p;
  double delta = 0;  // |S - m I|^2 / p
  for (Eigen::Index i = 0; i < x.cols(); ++i)
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
      const double d = s(i, j) - (i == j ? m : 0);
      delta += d * d / p;
    }
  double beta = 0;  // 1/n^2 sum over samples of |x x^T - S|^2 / p
  for (Eigen::Index k = 0; k < x.rows(); ++k)
    for (Eigen::Index i = 0; i < x.cols(); ++i)
      for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const double d = x(k, i) * x(k, j) - s(i, j);
        beta += d * d / (n * n * p);
      }
  return std::min(beta, delta) / delta;
}

// The kept directions, a column each, found anew.
Eigen::MatrixXd kept_directions(const Rows& vectors, const Reduction& reduction) {
  const Eigen::MatrixXd x = centred(vectors);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(x.transpose() * x /
                                                              static_cast<double>(x.rows()));
  const ComponentRange kept =
      kept_components(solver.eigenvalues().reverse().cwiseMax(0.0), reduction);
  return solver.eigenvectors().rowwise().reverse().middleCols(kept.first, kept.count);
}

Gaussian fit(const Rows& vectors, const Reduction& reduction) {
  return fit_gaussian(moments_of(vectors),
                      sample_of(vectors, static_cast<std::size_t>(vectors.rows())), reduction);
}

double squared_distance(const Gaussian& gaussian, const Eigen::VectorXd& x) {
  return (gaussian.whitening.cast<double>() * (x - gaussian.mean)).squaredNorm();
}

ErrorKind failure_of(const Rows& vectors, const Reduction& reduction) {
  try {
    fit(vectors, reduction);
  } catch (const Error& e) {
    return e.kind();
  }
  ADD_FAILURE() << "no error";
  return ErrorKind::engine;
}

TEST(Shrinkage, IsLedoitWolfsByDefinition) {
  for (const int n : {5, 20, 40, 300}) {  // fewer vectors than channels among them
    const Rows vectors = random_vectors(n, 20, static_cast<unsigned>(n));
    EXPECT_NEAR(fit(vectors, all).shrinkage, shrinkage_by_definition(centred(vectors)), 1e-10)
        << n << " vectors of 20 channels: not the intensity that scikit-learn gives";
  }
}

TEST(Shrinkage, IsTakenInTheKeptSpace) {
  for (const Reduction& reduction : {opca, pca}) {
    for (const int n : {12, 60, 300}) {
      const Rows vectors = random_vectors(n, 20, 7 + static_cast<unsigned>(n));
      const Eigen::MatrixXd kept = centred(vectors) * kept_directions(vectors, reduction);
      EXPECT_NEAR(fit(vectors, reduction).shrinkage, shrinkage_by_definition(kept), 1e-10)
          << name_of(reduction.kind) << ", " << n << " vectors, " << kept.cols() << " kept";
    }
  }
}

TEST(Shrinkage, NeverLeavesZeroToOne) {
  const Eigen::VectorXd variances = Eigen::VectorXd::LinSpaced(10, 10, 1);
  EXPECT_EQ(ledoit_wolf_shrinkage(variances, 1e12, 2), 1) << "heavy tails shrink beyond everything";
  EXPECT_EQ(ledoit_wolf_shrinkage(variances, 0, 100), 0) << "a negative error must mean none";
}

TEST(Shrinkage, IsNoneForAMultipleOfTheIdentity) {
  EXPECT_EQ(ledoit_wolf_shrinkage(Eigen::VectorXd::Constant(1, 3.7), 50, 10), 0)
      << "one channel has no shape to shrink; 0 / 0 must not decide";
}

TEST(Shrinkage, OfABoundedSampleIsCloseToThatOfTheStream) {
  const Rows vectors = random_vectors(4000, 16, 30);
  const double exact = fit(vectors, opca).shrinkage;
  const double sampled =
      fit_gaussian(moments_of(vectors), sample_of(vectors, 1000), opca).shrinkage;
  EXPECT_NE(sampled, exact) << "the sample is not a part, so this test shows nothing";
  EXPECT_NEAR(sampled / exact, 1, 0.1) << "a bounded sample changes the model";
}

TEST(Shrinkage, PassesOverTheGroupThatIsLeftOut) {
  const Rows kept = random_vectors(50, 8, 31);
  const Rows left_out = 100 * random_vectors(50, 8, 32);
  VectorSample sample(8, 1000);
  sample.add(left_out.data(), 50, 0);
  sample.add(kept.data(), 50, 1);
  EXPECT_NEAR(fit_gaussian(moments_of(kept), sample, all, 0).shrinkage, fit(kept, all).shrinkage,
              1e-12)
      << "held-out pictures have a say in the Gaussian that is to judge them";
}

TEST(Gaussian, HasTheMeanOfItsVectors) {
  const Rows vectors = random_vectors(60, 7, 40);
  const Eigen::VectorXd mean = vectors.cast<double>().colwise().mean().transpose();
  EXPECT_LT((fit(vectors, opca).mean - mean).norm(), 1e-12 * mean.norm());
}

TEST(Gaussian, MeasuresTheMahalanobisDistanceInTheKeptSpace) {
  for (const Reduction& reduction : {all, opca, pca}) {
    for (const int n : {10, 40, 400}) {
      const Rows vectors = random_vectors(n, 16, 41);
      const Gaussian gaussian = fit(vectors, reduction);
      const Eigen::MatrixXd directions = kept_directions(vectors, reduction);
      const Eigen::MatrixXd x = centred(vectors) * directions;
      Eigen::MatrixXd sigma = x.transpose() * x / static_cast<double>(n);
      const double delta = gaussian.shrinkage;
      sigma = (1 - delta) * sigma + delta * sigma.trace() / static_cast<double>(sigma.rows()) *
                                        Eigen::MatrixXd::Identity(sigma.rows(), sigma.cols());
      const Eigen::MatrixXd inverse = sigma.inverse();
      const Rows others = random_vectors(20, 16, 42);
      for (const Rows& set : {Rows(vectors.topRows(10)), others}) {
        for (Eigen::Index i = 0; i < set.rows(); ++i) {
          const Eigen::VectorXd v = set.row(i).cast<double>().transpose();
          const Eigen::VectorXd y = directions.transpose() * (v - gaussian.mean);
          const double expected = y.dot(inverse * y);
          EXPECT_NEAR(squared_distance(gaussian, v) / expected, 1, 1e-5)
              << name_of(reduction.kind) << ", " << n
              << " vectors: not (x - mean)^T Sigma^-1 (x - mean)";
        }
      }
    }
  }
}

TEST(Gaussian, StaysFiniteInDirectionsWithoutVariance) {
  Rows vectors = random_vectors(50, 6, 44);
  vectors.col(2).setConstant(1.5f);
  vectors.col(4) = vectors.col(1);
  for (const Reduction& reduction : {all, opca}) {
    const Gaussian gaussian = fit(vectors, reduction);
    EXPECT_TRUE(gaussian.whitening.allFinite()) << name_of(reduction.kind);
    Eigen::VectorXd odd = vectors.row(0).cast<double>().transpose();
    const double usual = squared_distance(gaussian, odd);
    odd[2] += 1;
    EXPECT_GT(squared_distance(gaussian, odd), usual)
        << "a change where normal pictures never change goes unnoticed";
  }
}

// Two vectors lie at the same distance from their mean, so nothing is shrunk.
TEST(Gaussian, StaysFiniteWithoutShrinkage) {
  const Gaussian gaussian = fit(random_vectors(2, 6, 49), all);
  EXPECT_LT(gaussian.shrinkage, 1e-9) << "the data do not show what this test is for";
  EXPECT_TRUE(gaussian.whitening.allFinite()) << "division by a variance of zero";
}

// 20 pictures of ten positions; the first half has 7 of them. The sample holds a part only.
TEST(Gaussian, IsTheSameWhenTwoHalvesAreMerged) {
  const Rows vectors = random_vectors(200, 12, 45);
  const auto pictures = [&](int begin, int end, Moments& moments, VectorSample& sample) {
    for (int p = begin; p < end; ++p) {
      moments.add(vectors.row(10 * p).data(), 10);
      sample.add(vectors.row(10 * p).data(), 10, 0);
    }
  };
  Moments moments(12), second_moments(12), whole_moments(12);
  VectorSample sample(12, 64), second_sample(12, 64), whole_sample(12, 64);
  pictures(0, 7, moments, sample);
  pictures(7, 20, second_moments, second_sample);
  pictures(0, 20, whole_moments, whole_sample);
  moments.merge(second_moments);
  sample.merge(second_sample);
  const Gaussian merged = fit_gaussian(moments, sample, opca);
  const Gaussian whole = fit_gaussian(whole_moments, whole_sample, opca);
  EXPECT_NEAR(merged.shrinkage, whole.shrinkage, 1e-10);
  double largest_error = 0;
  for (Eigen::Index i = 0; i < vectors.rows(); ++i) {
    const Eigen::VectorXd x = vectors.row(i).cast<double>().transpose();
    const double ratio = squared_distance(merged, x) / squared_distance(whole, x);
    largest_error = std::max(largest_error, std::abs(ratio - 1));
  }
  EXPECT_LT(largest_error, 1e-5) << "two halves do not give the model of the whole";
}

TEST(Gaussian, FitsASingleChannel) {
  Rows vectors(4, 1);
  vectors << 1, 2, 3, 6;  // mean 3, variance 14/4
  const Gaussian gaussian = fit(vectors, opca);
  EXPECT_EQ(gaussian.kept(), 1);
  EXPECT_NEAR(squared_distance(gaussian, Eigen::VectorXd::Constant(1, 10)), 49 / 3.5, 1e-5);
}

TEST(Gaussian, RefusesVectorsThatAreAllTheSame) {
  const Rows same = random_vectors(1, 6, 46).replicate(30, 1);
  for (const Reduction& reduction : {all, opca, pca})
    EXPECT_EQ(failure_of(same, reduction), ErrorKind::too_few)
        << "a still picture has no spread to learn";
}

TEST(Gaussian, RefusesASingleVector) {
  EXPECT_EQ(failure_of(random_vectors(1, 6, 47), opca), ErrorKind::too_few);
}

}  // namespace
}  // namespace mvga
