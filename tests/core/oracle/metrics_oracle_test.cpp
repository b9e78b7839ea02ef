// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The metrics of random maps against scikit-learn's and against a slow PRO in NumPy
// (make_metrics_golden.py; MVGA_METRICS_GOLDEN points to the folder).

#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "core/io/safetensors.h"
#include "core/metrics/pixel_scores.h"
#include "tests/core/oracle/golden_numbers.h"

namespace mvga {
namespace {

using test::numbers;

class MetricsOracle : public testing::TestWithParam<const char*> {};

TEST_P(MetricsOracle, AgreesWithScikitLearnAndASlowPro) {
  const char* folder = std::getenv("MVGA_METRICS_GOLDEN");
  if (folder == nullptr)
    GTEST_SKIP() << "MVGA_METRICS_GOLDEN is not set: run make_metrics_golden.py first";
  const SafetensorsFile file =
      SafetensorsFile::open(std::filesystem::path(folder) / "metrics.safetensors");
  const std::string name = GetParam();
  const auto& shape = file.find(name + ".maps")->shape;
  const std::vector<float> maps = numbers<float>(file, name + ".maps");
  const std::vector<std::uint8_t> masks = numbers<std::uint8_t>(file, name + ".masks");

  PixelScores pixels;
  const auto size = static_cast<std::ptrdiff_t>(shape[1] * shape[2]);
  for (std::ptrdiff_t i = 0; i < shape[0]; ++i) {
    const AnomalyMap map{static_cast<int>(shape[1]),
                         static_cast<int>(shape[2]),
                         {maps.begin() + i * size, maps.begin() + (i + 1) * size}};
    pixels.add(map, {masks.data() + i * size, static_cast<std::size_t>(size)});
  }
  const RankedScores ranked = pixels.rank();
  const auto expected = [&](const char* metric) {
    return numbers<double>(file, name + "." + metric)[0];
  };
  EXPECT_NEAR(ranked.auroc(), expected("auroc"), 1e-9);
  EXPECT_NEAR(ranked.average_precision(), expected("average_precision"), 1e-9);
  EXPECT_NEAR(ranked.f1_max(), expected("f1_max"), 1e-9);
  EXPECT_NEAR(ranked.pro(0.3), expected("pro_30"), 1e-9);
  EXPECT_NEAR(ranked.pro(0.05), expected("pro_05"), 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Maps, MetricsOracle, testing::Values("ties", "many_ties", "distinct"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace mvga
