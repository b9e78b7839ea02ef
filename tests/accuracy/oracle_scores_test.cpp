// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Learning and scoring from the files of pictures, and from the oracle's own pixels, against the
// oracle's scores: everything between is then ours. (With pixels from another decoder or scaler the
// scores of the learned pictures, in directions that hardly vary, are mostly that difference.)
// Needs MVGA_SHARED, and MVGA_STATISTICS_GOLDEN from make_statistics_golden.py.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
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

  /// The scores of all pictures, learned from the first ones as the oracle did.
  using ReadImage = std::function<RgbView(std::size_t)>;
  std::vector<double> scores(const ReadImage& image) const {
    const Detector detector = learn(image);
    std::vector<double> ours;
    for (std::size_t i = 0; i < scores_.size(); ++i)
      ours.push_back(detector.detect(image(i), {}).score);
    return ours;
  }

  Detector learn(const ReadImage& image) const {
    BackboneSettings network;
    network.architecture = backbone();
    network.weights = shared_ / "weights" / (backbone() + ".safetensors");
    const auto remembering = std::make_shared<RememberingBackbone>(open_backbone(network));
    FitSettings settings;
    settings.profile = Profile::paper;
    settings.reduction = {ReductionKind::opposite_pca, 0.05};
    Learner learner(remembering, settings);
    for (std::size_t i = 0; i < learned_; ++i) learner.add(image(i));
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

TEST_P(OracleScores, AreReproducedFromTheFilesOn) {
  tool::InputReader reader({}, picture(0).width);
  const double correlation = rank_correlation(
      scores([&](std::size_t i) { return reader.read(tool::read_picture(files_[i])); }), scores_);
  std::printf("  rank correlation %.6f\n", correlation);
  EXPECT_GE(correlation, 0.999);
}

/// With pixels that are the same, so are the scores. For one network, as each looks at all
/// pictures.
class OraclePixels : public OracleScores {};

TEST_P(OraclePixels, HaveTheOraclesScores) {
  const std::vector<double> ours = scores([&](std::size_t i) { return picture(i); });
  double largest = 0;
  for (std::size_t i = 0; i < ours.size(); ++i)
    largest = std::max(largest, std::abs(ours[i] / scores_[i] - 1));
  const double correlation = rank_correlation(ours, scores_);
  std::printf("  rank correlation %.6f, scores off by up to %.1e\n", correlation, largest);
  EXPECT_GE(correlation, 0.9999);
  // fp32 features of another implementation, in directions scaled up by up to 1e3.
  EXPECT_LT(largest, 1e-3);
}

INSTANTIATE_TEST_SUITE_P(Backbones, OraclePixels, ::testing::Values("resnet18"),
                         [](const auto& info) { return std::string(info.param); });

INSTANTIATE_TEST_SUITE_P(Backbones, OracleScores,
                         ::testing::Values("tf_efficientnet_b4", "resnet18"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace mvga::testing
