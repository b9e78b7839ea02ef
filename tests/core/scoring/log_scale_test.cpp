// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/log_scale.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mvga {
namespace {

TEST(LogScale, MeasuresInDeviationsOfTheLogarithm) {
  const LogScale scale{std::log(10.0), 0.5};
  EXPECT_DOUBLE_EQ(scale.standardise(10), 0);
  EXPECT_DOUBLE_EQ(scale.standardise(10 * std::exp(1.0)), 2);
  EXPECT_TRUE(std::isfinite(scale.standardise(0))) << "a distance of zero has no logarithm";
}

}  // namespace
}  // namespace mvga
