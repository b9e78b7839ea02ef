// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The profile `paper` from given features and Gaussians against what the oracle makes of them: its
// anomaly map and its image score, for one picture and both backbones (MVGA_SHARED).

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/io/safetensors.h"
#include "core/scoring/calibration.h"
#include "core/scoring/evidence.h"
#include "core/scoring/profiles/paper.h"

namespace mvga {
namespace {

std::vector<float> numbers(const TensorView& view) {
  std::vector<float> values(view.bytes.size() / sizeof(float));
  std::memcpy(values.data(), view.bytes.data(), view.bytes.size());
  return values;
}

class GoldenMap : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const char* shared = std::getenv("MVGA_SHARED");
    if (shared == nullptr) GTEST_SKIP() << "MVGA_SHARED is not set to the project's shared folder";
    folder_ = std::filesystem::path(shared) / "reference" / GetParam();
    file_ = SafetensorsFile::open(folder_ / "golden.safetensors");
    for (int level = 0; level < 9; ++level)
      if (file_.find("level" + std::to_string(level) + ".features") != nullptr) add(level);
  }

  Gaussian gaussian(const std::string& prefix) const {
    const TensorView& whitening = *file_.find(prefix + ".whitening");
    const std::vector<float> values = numbers(whitening);
    const std::vector<float> mean = numbers(*file_.find(prefix + ".mean"));
    Gaussian gaussian;
    gaussian.mean =
        Eigen::Map<const Eigen::VectorXf>(mean.data(), whitening.shape[1]).cast<double>();
    gaussian.whitening = Eigen::Map<const Gaussian::Whitening>(values.data(), whitening.shape[0],
                                                               whitening.shape[1]);
    return gaussian;
  }

  // The features in our order: the channels of a position next to each other.
  void add(int level) {
    const std::string prefix = "level" + std::to_string(level);
    const TensorView& view = *file_.find(prefix + ".features");
    const std::vector<float> from = numbers(view);
    FeatureMap map{level, static_cast<int>(view.shape[0]), static_cast<int>(view.shape[1]),
                   static_cast<int>(view.shape[2]), nullptr};
    auto to = std::make_shared<std::vector<float>>(from.size());
    for (std::size_t p = 0; p < map.positions(); ++p)
      for (std::size_t c = 0; c < static_cast<std::size_t>(map.channels); ++c)
        (*to)[p * static_cast<std::size_t>(map.channels) + c] = from[c * map.positions() + p];
    map.values = std::shared_ptr<const float>(to, to->data());
    levels_.push_back(map);
    gaussians_.push_back({MahalanobisDistance(gaussian(prefix + ".image")),
                          MahalanobisDistance(gaussian(prefix + ".pixel"))});
  }

  Calibration paper() const {
    Calibration calibration;
    calibration.profile = Profile::paper;
    calibration.scoring = std::make_shared<PaperScoring>();
    for (std::size_t i = 0; i < levels_.size(); ++i)
      calibration.map_levels.push_back(static_cast<int>(i));
    return calibration;
  }

  double oracle_score() const {
    std::ifstream table(folder_ / "scores.csv");
    const std::string sample = file_.metadata().at("sample");
    for (std::string line; std::getline(table, line);)
      if (line.rfind(sample + ",", 0) == 0) return std::stod(line.substr(line.rfind(',') + 1));
    return NAN;
  }

  std::filesystem::path folder_;
  SafetensorsFile file_;
  Levels levels_;
  std::vector<LevelGaussians> gaussians_;
};

// Features and Gaussians are stored in fp32, and both sides multiply in fp32: 1e-4 leaves room for
// the order of summation over up to 448 channels.
TEST_P(GoldenMap, IsTheOraclesAnomalyMap) {
  const Evidence evidence = gather_evidence(levels_, gaussians_);
  // The oracle brings every level to its size at once, not by way of the finest grid.
  const AnomalyMap map =
      fuse(evidence.maps, std::vector<LevelScale>(evidence.maps.size()), 256, 256);
  const std::vector<float> expected = numbers(*file_.find("anomaly_map"));
  ASSERT_EQ(map.values.size(), expected.size());
  double largest = 0;
  for (std::size_t i = 0; i < expected.size(); ++i)
    largest = std::max(largest, std::abs(static_cast<double>(map.values[i]) / expected[i] - 1));
  EXPECT_LT(largest, 1e-4) << "distance, upsampling or mean over the levels differ";
}

TEST_P(GoldenMap, ComesWithTheOraclesImageScore) {
  const Evidence evidence = gather_evidence(levels_, gaussians_);
  const double score = paper().score(evidence);
  EXPECT_NEAR(score / oracle_score(), 1, 1e-4) << "the sum of squared distances differs";
}

INSTANTIATE_TEST_SUITE_P(Backbones, GoldenMap, testing::Values("tf_efficientnet_b4", "resnet18"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace mvga
