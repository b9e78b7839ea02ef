// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning and scoring from the oracle's own pixels against the oracle's scores: everything between
// is then ours. (With pixels from another decoder or scaler the scores of the learned pictures, in
// directions that hardly vary, are mostly that difference.) Needs MVGA_SHARED, and
// MVGA_STATISTICS_GOLDEN from make_statistics_golden.py.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/io/safetensors.h"
#include "core/learning/learner.h"
#include "core/scoring/detector.h"
#include "models/open_backbone.h"
#include "tests/accuracy/rank_correlation.h"
#include "tests/accuracy/remembering_backbone.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

class OracleScores : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const char* shared = std::getenv("MVGA_SHARED");
    const char* golden = std::getenv("MVGA_STATISTICS_GOLDEN");
    if (shared == nullptr || golden == nullptr)
      GTEST_SKIP() << "MVGA_SHARED or MVGA_STATISTICS_GOLDEN is not set";
    file_ = SafetensorsFile::open(fs::path(golden) / (backbone() + "_pictures.safetensors"));
    BackboneSettings settings;
    settings.architecture = backbone();
    settings.weights = fs::path(shared) / "weights" / (backbone() + ".safetensors");
    backbone_ = std::make_shared<RememberingBackbone>(open_backbone(settings));

    std::ifstream table(fs::path(shared) / "reference" / backbone() / "scores.csv");
    std::string line;
    std::getline(table, line);
    while (std::getline(table, line)) {
      scores_.push_back(std::stod(line.substr(line.rfind(',') + 1)));
      if (line.rfind("train/", 0) == 0) learned_ = scores_.size();
    }
  }

  static std::string backbone() { return GetParam(); }

  RgbView picture(std::size_t index) const {
    const TensorView& all = *file_.find("pictures");
    const auto side = static_cast<int>(all.shape[1]);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(all.bytes.data());
    return {bytes + index * 3 * static_cast<std::size_t>(side) * side, side, side, 3 * side};
  }

  Detector learn() const {
    FitSettings settings;
    settings.profile = Profile::paper;
    settings.reduction = {ReductionKind::opposite_pca, 0.05};
    Learner learner(backbone_, settings);
    for (std::size_t i = 0; i < learned_; ++i) learner.add(picture(i));
    return {backbone_, learner.finish()};
  }

  SafetensorsFile file_;
  std::shared_ptr<const Backbone> backbone_;
  std::vector<double> scores_;  // the oracle's, of all pictures
  std::size_t learned_ = 0;     // so many of them, the first ones
};

TEST_P(OracleScores, AreReproducedFromThePicturesOn) {
  ASSERT_EQ(scores_.size(), 292U);
  ASSERT_EQ(learned_, 209U);
  const Detector detector = learn();
  std::vector<double> ours;
  double largest = 0;
  for (std::size_t i = 0; i < scores_.size(); ++i) {
    ours.push_back(detector.detect(picture(i), {}).score);
    largest = std::max(largest, std::abs(ours[i] / scores_[i] - 1));
  }
  const double correlation = rank_correlation(ours, scores_);
  std::printf("  rank correlation %.6f, scores off by up to %.1e\n", correlation, largest);
  EXPECT_GE(correlation, 0.995);
  // fp32 features of another implementation, in directions scaled up by up to 1e3.
  EXPECT_LT(largest, 1e-2);
}

INSTANTIATE_TEST_SUITE_P(Backbones, OracleScores,
                         ::testing::Values("tf_efficientnet_b4", "resnet18"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace mvga::testing
