// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning and scoring from the oracle's own pixels against the oracle's scores: everything between
// is then ours. (With pixels from another decoder or scaler the scores of the learned pictures, in
// directions that hardly vary, are mostly that difference.) Needs MVGA_SHARED, and
// MVGA_STATISTICS_GOLDEN from make_statistics_golden.py. That the program reads the same pixels
// from the JPEGs is a test of its own.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
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
#include "tools/media/frames.h"

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
    shared_ = shared;
    std::ifstream table(shared_ / "reference" / backbone() / "scores.csv");
    std::string line;
    std::getline(table, line);
    while (std::getline(table, line)) {
      files_.push_back(shared_ / "data" / "bottle" / line.substr(0, line.find(',')));
      scores_.push_back(std::stod(line.substr(line.rfind(',') + 1)));
      if (line.rfind("train/", 0) == 0) learned_ = scores_.size();
    }
    ASSERT_EQ(scores_.size(), 292U);
    ASSERT_EQ(learned_, 209U);
  }

  static std::string backbone() { return GetParam(); }

  RgbView picture(std::size_t index) const {
    const TensorView& all = *file_.find("pictures");
    const auto side = static_cast<int>(all.shape[1]);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(all.bytes.data());
    return {bytes + index * 3 * static_cast<std::size_t>(side) * side, side, side, 3 * side};
  }

  Detector learn() const {
    BackboneSettings network;
    network.architecture = backbone();
    network.weights = shared_ / "weights" / (backbone() + ".safetensors");
    const auto remembering = std::make_shared<RememberingBackbone>(open_backbone(network));
    FitSettings settings;
    settings.profile = Profile::paper;
    settings.reduction = {ReductionKind::opposite_pca, 0.05};
    Learner learner(remembering, settings);
    for (std::size_t i = 0; i < learned_; ++i) learner.add(picture(i));
    return {remembering, learner.finish()};
  }

  fs::path shared_;
  SafetensorsFile file_;
  std::vector<fs::path> files_;
  std::vector<double> scores_;  // the oracle's, of all pictures
  std::size_t learned_ = 0;     // so many of them, the first ones
};

/// How far colours are from the oracle's, and how many are.
struct Differences {
  int largest = 0;
  std::size_t count = 0;
  std::size_t colours = 0;

  void add(const RgbView& ours, const RgbView& theirs) {
    for (int y = 0; y < ours.height; ++y) {
      const std::uint8_t* a = ours.data + static_cast<std::ptrdiff_t>(y) * ours.stride;
      const std::uint8_t* b = theirs.data + static_cast<std::ptrdiff_t>(y) * theirs.stride;
      for (int i = 0; i < 3 * ours.width; ++i, ++colours) {
        const int difference = std::abs(a[i] - b[i]);
        largest = std::max(largest, difference);
        count += difference > 0 ? 1 : 0;
      }
    }
  }
};

TEST_P(OracleScores, AreOfThePixelsThatTheProgramReadsFromJpegs) {
  const int side = picture(0).width;
  tool::InputReader reader({}, side);
  Differences found;
  for (std::size_t i = 0; i < files_.size(); ++i)
    found.add(reader.read(tool::read_picture(files_[i])), picture(i));
  const double share = static_cast<double>(found.count) / static_cast<double>(found.colours);
  std::printf("  %.4f %% of the colours are off, by up to %d\n", 100 * share, found.largest);
  // Pillow weighs with whole numbers: what lies half-way is now and then rounded to the other side.
  EXPECT_LE(found.largest, 1);
  EXPECT_LT(share, 1e-3);
}

TEST_P(OracleScores, AreReproducedFromThePicturesOn) {
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
