// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/average_vector.h"

#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <vector>

namespace mvga {
namespace {

TEST(AverageVector, IsTheMeanOverThePositions) {
  const std::vector<float> values{1, 10, 2, 20, 3, 30, 6, 60, 0, -5, 0, 5};  // [2, 3, 2]
  const FeatureMap features{0, 2, 2, 3, std::shared_ptr<const float>(values.data(), [](auto*) {})};
  EXPECT_EQ(average_vector(features), (std::vector<float>{2, 20}));
}

// A sum in fp32 of 2^16 numbers near 1000 would be off in the fourth digit after the point.
TEST(AverageVector, LosesNothingOverManyPositions) {
  std::vector<float> values(256 * 256);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = 1000.0f + 0.25f * static_cast<float>(i % 7);
  const FeatureMap features{0, 1, 256, 256,
                            std::shared_ptr<const float>(values.data(), [](auto*) {})};
  const double expected = std::accumulate(values.begin(), values.end(), 0.0) / 65536;
  EXPECT_EQ(average_vector(features)[0], static_cast<float>(expected));
}

}  // namespace
}  // namespace mvga
