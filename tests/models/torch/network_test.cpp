// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How levels are read off a chain of stages.

#include "models/torch/network.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <vector>

namespace mvga::testing {
namespace {

/// Each of its stages adds a number to the input.
struct Chain {
  explicit Chain(const std::vector<double>& steps) {
    for (const double step : steps) {
      trunk.stages.push_back(map_stage([this, step](const at::Tensor& map) {
        ++stages_run;
        return map + step;
      }));
    }
    trunk.features = [this](const State& state) {
      ++features_read;
      return state.map;
    };
  }
  /// What each level is, everywhere, for an input of zeros.
  std::vector<float> values(const std::vector<LevelStages>& all, const std::vector<int>& levels,
                            const Placement& placement = {}) const {
    const Network network("", trunk, all, placement, 1);
    std::vector<float> values;
    for (const at::Tensor& map : network.run(at::zeros({1, 3, 4, 4}), levels)) {
      EXPECT_EQ(map.scalar_type(), at::kFloat);
      values.push_back(map.flatten()[0].item<float>());
    }
    return values;
  }

  Trunk trunk;
  int stages_run = 0;
  int features_read = 0;
};

TEST(Network, GivesEachLevelTheMeanOfItsStages) {
  const Chain chain({1, 10, 100});
  const std::vector<float> values = chain.values({{0}, {1, 2}, {0, 2}, {2}}, {0, 1, 2, 3});
  EXPECT_EQ(values, (std::vector<float>{1, (11 + 111) / 2.f, (1 + 111) / 2.f, 111}));
}

TEST(Network, ComputesNoStageAboveTheLevelsAskedFor) {
  const Chain chain({1, 10, 100});
  EXPECT_EQ(chain.values({{0}, {0, 1}, {2}}, {1}), std::vector<float>{6});
  EXPECT_EQ(chain.stages_run, 2);
}

TEST(Network, ReadsTheFeaturesOfAStageOnceAndNoneThatNobodyWants) {
  const Chain chain({1, 10, 100});
  chain.values({{0}, {0, 2}, {2}}, {0, 1, 2});
  EXPECT_EQ(chain.stages_run, 3);
  EXPECT_EQ(chain.features_read, 2);
}

TEST(Network, AMeanIsFinerThanTheNumbersThatTheNetworkComputesIn) {
  const double next_after_1 = 1 + 0x1p-7;  // in bf16
  const Chain chain({1, next_after_1 - 1});
  const std::vector<float> values = chain.values({{0, 1}}, {0}, {at::kCPU, at::kBFloat16});
  EXPECT_EQ(values, std::vector<float>{1 + 0x1p-8f});
}

TEST(Network, TellsTheShapesOfAllItsLevels) {
  const Chain chain({1, 10});
  const Network network("", chain.trunk, {{0}, {0, 1}}, {}, 1);
  EXPECT_EQ(network.top_level(), 1);
  const std::vector<LevelShape> shapes = network.shapes(40);
  ASSERT_EQ(shapes.size(), 2u);
  EXPECT_EQ(shapes[1].level, 1);
  EXPECT_EQ(shapes[1].channels, 3);
  EXPECT_EQ(shapes[1].height, 40);
}

}  // namespace
}  // namespace mvga::testing
