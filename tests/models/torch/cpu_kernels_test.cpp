// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The kernels for this machine's CPU against the formulas in double.

#include "models/torch/cpu_kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace mvga::cpu {
namespace {

double exact_sigmoid(double x) {
  return 1 / (1 + std::exp(-x));
}
double exact_silu(double x) {
  return x * exact_sigmoid(x);
}

std::vector<float> numbers(std::size_t count) {
  std::vector<float> x(count);
  for (std::size_t i = 0; i < count; ++i) x[i] = 4 * std::sin(0.37f * static_cast<float>(i));
  return x;
}

TEST(Silu, IsExactToThreeUnitsInTheLastPlace) {
  // From -80 to 100. An odd number, so that there is a remainder beside the vectors.
  std::vector<float> x(138461);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = -80 + 0.0013f * static_cast<float>(i);
  std::vector<float> y = x;
  silu(y.data(), y.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double exact = exact_silu(x[i]);
    ASSERT_NEAR(y[i], exact, 3 * 1.2e-7 * std::abs(exact)) << "silu(" << x[i] << ")";
  }
}

TEST(Silu, EndsInZeroAndInTheIdentityAndKeepsNaN) {
  std::vector<float> x = {-1000, -1e30f, 0, 1000, 1e30f, std::numeric_limits<float>::quiet_NaN()};
  silu(x.data(), x.size());
  EXPECT_NEAR(x[0], 0, 1e-30);
  EXPECT_NEAR(x[1], 0, 1e-6) << "exp(87) is where it stops";
  EXPECT_EQ(x[2], 0);
  EXPECT_EQ(x[3], 1000);
  EXPECT_EQ(x[4], 1e30f);
  EXPECT_TRUE(std::isnan(x[5])) << "a broken frame has to be seen as one";
}

TEST(SiluAndSum, SumsEachChannelOverManyPositions) {
  constexpr std::size_t positions = 36100, channels = 24;
  std::vector<float> x = numbers(positions * channels);
  std::vector<double> exact(channels);
  for (std::size_t i = 0; i < x.size(); ++i) exact[i % channels] += exact_silu(x[i]);
  std::vector<float> sum(channels, 77);
  silu_and_sum(x.data(), positions, channels, sum.data());
  for (std::size_t c = 0; c < channels; ++c) {
    EXPECT_NEAR(sum[c], exact[c], 1e-5 * positions) << "channel " << c;
  }
  EXPECT_NEAR(x[100], exact_silu(numbers(101)[100]), 1e-6);
}

TEST(Gate, IsTheTwoLayersOfSqueezeAndExcitation) {
  constexpr std::size_t channels = 37, reduced = 5;
  const std::vector<float> weight1 = numbers(channels * reduced), bias1 = numbers(reduced);
  std::vector<float> weight2 = numbers(channels * reduced), bias2 = numbers(channels);
  for (float& w : weight2) w *= 0.05f;
  std::vector<float> mean(channels), result(channels);
  for (std::size_t c = 0; c < channels; ++c) mean[c] = 0.01f * static_cast<float>(c);

  gate({channels, reduced, weight1.data(), bias1.data(), weight2.data(), bias2.data()}, mean.data(),
       result.data());
  for (std::size_t c = 0; c < channels; ++c) {
    double sum = bias2[c];
    for (std::size_t r = 0; r < reduced; ++r) {
      double squeezed = bias1[r];
      for (std::size_t i = 0; i < channels; ++i) squeezed += weight1[r * channels + i] * mean[i];
      sum += weight2[r * channels + c] * exact_silu(squeezed);
    }
    EXPECT_NEAR(result[c], exact_sigmoid(sum), 1e-6) << "channel " << c;
  }
}

}  // namespace
}  // namespace mvga::cpu
