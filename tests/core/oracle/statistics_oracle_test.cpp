// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The statistics on real features against the oracle's (reference/reference.py). The features and
// what the oracle makes of them come from make_statistics_golden.py; MVGA_STATISTICS_GOLDEN points
// to the folder.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <span>
#include <string>
#include <vector>

#include "core/gaussian/gaussian.h"
#include "core/gaussian/mahalanobis.h"
#include "core/io/safetensors.h"
#include "tests/core/oracle/golden_numbers.h"

namespace mvga {
namespace {

using test::numbers;

// As in core/learning/learner.cpp.
constexpr std::size_t kImageSample = 2048;
constexpr std::size_t kPixelSample = 32768;

struct Level {
  const char* backbone;
  int level;
};

void PrintTo(const Level& level, std::ostream* out) {
  *out << level.backbone << ", level " << level.level;
}

// What the oracle fitted.
struct Expected {
  std::vector<double> mean;
  std::vector<double> whitening;
  double delta;
  std::vector<double> squared;

  Expected(const SafetensorsFile& file, const std::string& kind)
      : mean(numbers<double>(file, kind + ".mean")),
        whitening(numbers<double>(file, kind + ".whitening")),
        delta(numbers<double>(file, kind + ".delta")[0]),
        squared(numbers<double>(file, kind + ".squared")) {}
};

double largest_relative_error(std::span<const double> found, std::span<const double> expected) {
  double largest = 0;
  for (std::size_t i = 0; i < expected.size(); ++i)
    largest = std::max(largest, std::abs(found[i] / expected[i] - 1));
  return largest;
}

class StatisticsOracle : public testing::TestWithParam<Level> {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("MVGA_STATISTICS_GOLDEN");
    if (folder == nullptr)
      GTEST_SKIP() << "MVGA_STATISTICS_GOLDEN is not set: run make_statistics_golden.py first";
    const auto [backbone, level] = GetParam();
    file_ = SafetensorsFile::open(
        std::filesystem::path(folder) /
        (std::string(backbone) + "_level" + std::to_string(level) + ".safetensors"));
    const auto& shape = file_.find("train.positions")->shape;
    positions_ = static_cast<std::size_t>(shape[1] * shape[2]);
    channels_ = static_cast<int>(shape[3]);
  }

  // Feeds the vectors `block` at a time, as pictures come.
  Gaussian fit(const std::vector<float>& vectors, std::size_t block, std::size_t capacity) const {
    Moments moments(channels_);
    VectorSample sample(channels_, capacity);
    const std::size_t size = block * static_cast<std::size_t>(channels_);
    for (std::size_t at = 0; at < vectors.size(); at += size) {
      moments.add(vectors.data() + at, block);
      sample.add(vectors.data() + at, block, 0);
    }
    const Reduction reduction{ReductionKind::opposite_pca, 0.05};
    return fit_gaussian(moments, sample, reduction);
  }

  struct Tolerance {
    double delta;    // absolute
    double squared;  // relative
  };

  void compare(const std::string& title, const Gaussian& gaussian, const std::vector<float>& test,
               Tolerance tolerance, const std::string& kind = {}) const {
    const Expected expected(file_, kind.empty() ? title : kind);
    ASSERT_EQ(expected.mean.size(), static_cast<std::size_t>(channels_));
    EXPECT_EQ(static_cast<std::size_t>(gaussian.kept()),
              expected.whitening.size() / expected.mean.size())
        << "opposite PCA keeps another number of components";
    EXPECT_NEAR(gaussian.shrinkage, expected.delta, tolerance.delta)
        << "the Ledoit-Wolf intensity is not scikit-learn's";

    const std::size_t rows = expected.squared.size();
    std::vector<float> distances(rows);
    MahalanobisDistance(gaussian).squared(test.data(), rows, distances.data());
    const std::vector<double> found(distances.begin(), distances.end());
    const double error = largest_relative_error(found, expected.squared);
    std::cout << title << ": kept " << gaussian.kept() << ", delta off by "
              << std::abs(gaussian.shrinkage - expected.delta) << " of " << expected.delta
              << ", squared distances off by up to " << error << " ("
              << error_in_double(gaussian, test, expected.squared)
              << " with the same matrix, in double)\n";
    EXPECT_LT(error, tolerance.squared) << "squared distances are not the oracle's";
  }

  double error_in_double(const Gaussian& gaussian, const std::vector<float>& test,
                         const std::vector<double>& expected) const {
    const Eigen::MatrixXd whitening = gaussian.whitening.cast<double>();
    std::vector<double> found;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const Eigen::Map<const Eigen::VectorXf> x(
          test.data() + i * static_cast<std::size_t>(channels_), channels_);
      found.push_back((whitening * (x.cast<double>() - gaussian.mean)).squaredNorm());
    }
    return largest_relative_error(found, expected);
  }

  SafetensorsFile file_;
  std::size_t positions_ = 0;
  int channels_ = 0;
};

TEST_P(StatisticsOracle, FitsTheSameImageGaussian) {
  compare("image", fit(numbers<float>(file_, "train.averages"), 1, kImageSample),
          numbers<float>(file_, "test.averages"), {1e-6, 1e-5});
}

TEST_P(StatisticsOracle, FitsTheSamePixelGaussianWhenTheSampleHoldsAllVectors) {
  const std::vector<float> train = numbers<float>(file_, "train.positions");
  compare("pixel", fit(train, positions_, train.size() / static_cast<std::size_t>(channels_)),
          numbers<float>(file_, "test.positions"), {1e-6, 1e-5});
}

// A uniform sample of this size has a standard error of 0.4 to 3 % of delta on these levels, which
// the squared distances feel far less.
TEST_P(StatisticsOracle, FitsNearlyTheSamePixelGaussianFromTheBoundedSample) {
  const double delta = Expected(file_, "pixel").delta;
  compare("bounded", fit(numbers<float>(file_, "train.positions"), positions_, kPixelSample),
          numbers<float>(file_, "test.positions"), {0.1 * delta, 5e-3}, "pixel");
}

INSTANTIATE_TEST_SUITE_P(
    Levels, StatisticsOracle,
    testing::Values(Level{"tf_efficientnet_b4", 3}, Level{"tf_efficientnet_b4", 4},
                    Level{"tf_efficientnet_b4", 5}, Level{"tf_efficientnet_b4", 6},
                    Level{"tf_efficientnet_b4", 7}, Level{"resnet18", 0}, Level{"resnet18", 1},
                    Level{"resnet18", 2}, Level{"resnet18", 3}),
    [](const auto& info) {
      return std::string(info.param.backbone) + "_level" + std::to_string(info.param.level);
    });

}  // namespace
}  // namespace mvga
