// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The networks against others' implementations of them: the project's reference (MVGA_SHARED) and
// timm itself (MVGA_TIMM_GOLDEN, made by make_timm_golden.py).

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "models/engine.h"
#include "models/open_backbone.h"
#include "tests/models/torch/compare_levels.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

constexpr double tolerance = 1e-4;

/// All levels that the golden file has.
std::vector<int> levels_in(const SafetensorsFile& golden) {
  std::vector<int> levels;
  while (golden.find("level" + std::to_string(levels.size()) + ".features"))
    levels.push_back(static_cast<int>(levels.size()));
  return levels;
}

void expect_features(const fs::path& weights, const fs::path& golden_path) {
  const SafetensorsFile golden = SafetensorsFile::open(golden_path);
  const TensorView* input = golden.find("input");
  ASSERT_NE(input, nullptr);
  BackboneSettings settings;
  settings.weights = weights;
  settings.levels = levels_in(golden);
  settings.input_size = static_cast<int>(input->shape.back());
  settings.device = "cpu";
  const auto backbone = open_backbone(settings);
  expect_golden(engine().extract_tensor(*backbone, values_of(*input)), golden, tolerance);
}

class Reference : public ::testing::TestWithParam<const char*> {};

TEST_P(Reference, FeaturesAreThoseOfTheReference) {
  const char* shared = std::getenv("MVGA_SHARED");
  if (!shared) GTEST_SKIP() << "MVGA_SHARED is not set to the project's shared folder";
  const fs::path folder = shared;
  const std::string architecture = GetParam();
  expect_features(folder / "weights" / (architecture + ".safetensors"),
                  folder / "reference" / architecture / "golden.safetensors");
}

INSTANTIATE_TEST_SUITE_P(Shared, Reference, ::testing::Values("tf_efficientnet_b4", "resnet18"),
                         [](const auto& info) { return std::string(info.param); });

TEST(Timm, FeaturesOfEveryArchitectureAreTimms) {
  const char* folder = std::getenv("MVGA_TIMM_GOLDEN");
  if (!folder) GTEST_SKIP() << "MVGA_TIMM_GOLDEN is not set to make_timm_golden.py's output";
  for (const std::string& architecture : known_architectures()) {
    if (architecture.starts_with("mvga_")) continue;  // the project's own
    const fs::path weights = fs::path(folder) / (architecture + ".safetensors");
    const fs::path golden = fs::path(folder) / (architecture + ".golden.safetensors");
    if (!fs::exists(golden)) {
      ADD_FAILURE() << "make_timm_golden.py does not know " << architecture;
      continue;
    }
    std::printf("%s\n", architecture.c_str());
    expect_features(weights, golden);
  }
}

}  // namespace
}  // namespace mvga::testing
