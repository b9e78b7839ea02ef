// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// MVTec AD's bottle, learned and scored as a user does it, against the published range and the
// oracle's scores (MVGA_SHARED).

#include <gst/gst.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/files/model_file.h"
#include "core/learning/learner.h"
#include "core/metrics/pixel_scores.h"
#include "core/scoring/detector.h"
#include "gst/frames/frame_reader.h"
#include "models/open_backbone.h"
#include "tests/accuracy/pictures.h"
#include "tests/accuracy/rank_correlation.h"
#include "tests/accuracy/remembering_backbone.h"
#include "tests/gst/harness/play.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

struct Expected {
  double image_auroc;
  double pixel_auroc;
};

/// The oracle takes opposite PCA for both backbones.
constexpr Reduction kOraclesReduction{ReductionKind::opposite_pca, 0.05};

/// Learned from the folder of good pictures with one backbone.
class Bottle : public ::testing::Test {
 protected:
  explicit Bottle(std::string backbone) : backbone_(std::move(backbone)) {}

  void SetUp() override {
    const char* shared = std::getenv("MVGA_SHARED");
    if (shared == nullptr) GTEST_SKIP() << "MVGA_SHARED is not set to the project's shared folder";
    shared_ = shared;
    bottle_ = shared_ / "data" / "bottle";
  }

  fs::path weights() const { return shared_ / "weights" / (backbone_ + ".safetensors"); }

  void scores_as_in_the_paper(const Detector& detector, const Expected& expected) const;
  void scores_well(const Detector& detector, const Expected& expected) const;

  /// The oracle's score of every file, by its path within bottle.
  std::map<std::string, double> oracle_scores() const {
    std::ifstream table(shared_ / "reference" / backbone_ / "scores.csv");
    std::map<std::string, double> scores;
    std::string line;
    std::getline(table, line);
    while (std::getline(table, line))
      scores[line.substr(0, line.find(','))] = std::stod(line.substr(line.rfind(',') + 1));
    return scores;
  }

  std::string backbone_;
  fs::path shared_;
  fs::path bottle_;
  TemporaryFolder folder_;
};

/// What a picture file looks like to a network, as the elements read it.
class ReadPicture {
 public:
  ReadPicture(const fs::path& file, int side) : sample_(decode(file)) {
    GstVideoInfo info;
    gst_video_info_from_caps(&info, gst_sample_get_caps(sample_.get()));
    reader_.configure(info, Box{}, side);
    image_ = reader_.read(gst_sample_get_buffer(sample_.get()));
  }
  const RgbView& image() const { return image_; }

 private:
  Sample sample_;
  gst::FrameReader reader_;
  RgbView image_;
};

/// Percent; and the score of every tested file, by its path within bottle.
struct Measured {
  double image_auroc = 0;
  double pixel_auroc = 0;
  double pro = 0;
  std::map<std::string, double> scores;
};

Measured evaluate(const Detector& detector, const fs::path& bottle) {
  std::vector<float> scores;
  std::vector<std::uint8_t> anomalous;
  PixelScores pixels;
  Measured m;
  for (const fs::path& kind : files_in(bottle / "test")) {
    const bool good = kind.filename() == "good";
    for (const fs::path& file : files_in(kind)) {
      const ReadPicture picture(file, detector.model().input_size);
      const Detection d = detector.detect(picture.image(), {});
      m.scores[file.lexically_relative(bottle).string()] = d.score;
      scores.push_back(static_cast<float>(d.score));
      anomalous.push_back(good ? 0 : 1);
      if (good) {
        pixels.add(resize_bilinear(d.map, 450, 450));
        continue;
      }
      const Mask mask = read_mask(bottle / "ground_truth" / kind.filename() /
                                  (file.stem().string() + "_mask.png"));
      pixels.add(resize_bilinear(d.map, mask.height, mask.width), mask.defect);
    }
  }
  EXPECT_EQ(scores.size(), 83U);
  const RankedScores ranked = pixels.rank();
  m.image_auroc = 100 * RankedScores(scores, anomalous).auroc();
  m.pixel_auroc = 100 * ranked.auroc();
  m.pro = 100 * ranked.pro(0.3);
  std::printf("  image AUROC %.2f, pixel AUROC %.2f, PRO %.2f\n", m.image_auroc, m.pixel_auroc,
              m.pro);
  return m;
}

void expect(const Measured& measured, const Expected& expected) {
  EXPECT_GE(measured.image_auroc, expected.image_auroc);
  EXPECT_GE(measured.pixel_auroc, expected.pixel_auroc);
}

void Bottle::scores_as_in_the_paper(const Detector& detector, const Expected& expected) const {
  const Measured measured = evaluate(detector, bottle_);
  expect(measured, expected);

  // The oracle's decoder and scaler give other pixels than GStreamer's, by 2 of 255 on average in
  // the chroma, and the learned pictures' own scores feel that most; oracle_scores_test.cpp
  // compares without that difference.
  std::vector<double> ours;
  std::vector<double> theirs;
  for (const auto& [name, score] : oracle_scores()) {
    if (name.rfind("test/", 0) != 0) continue;
    theirs.push_back(score);
    ours.push_back(measured.scores.at(name));
  }
  ASSERT_EQ(ours.size(), 83U);
  const double correlation = rank_correlation(ours, theirs);
  std::printf("  rank correlation with the oracle %.5f\n", correlation);
  EXPECT_GE(correlation, 0.995) << "the scores order the pictures in another way than the oracle's";
}

void Bottle::scores_well(const Detector& detector, const Expected& expected) const {
  expect(evaluate(detector, bottle_), expected);
}

/// The small network: learned with the element.
class BottleWithResNet : public Bottle {
 protected:
  BottleWithResNet() : Bottle("resnet18") {}

  Detector learn(const std::string& options) const {
    const fs::path path = folder_ / "bottle.mvga";
    const std::string error =
        play("multifilesrc location=" + (bottle_ / "train/good/%03d.jpg").string() +
             " caps=image/jpeg,framerate=10/1 ! jpegdec ! videoconvert ! mvgafit model=" +
             path.string() + " backbone=" + backbone_ + " weights=" + weights().string() + " " +
             options + " ! fakesink");
    if (!error.empty()) throw std::runtime_error(error);
    Model model = load_model(path);
    BackboneSettings settings = backbone_settings_for(model);
    settings.weights = weights();
    return {open_backbone(settings), std::move(model)};
  }

  static constexpr Expected kExpected{99.0, 97.0};
};

TEST_F(BottleWithResNet, ScoresAsInThePaper) {
  scores_as_in_the_paper(learn("profile=paper reduction=opca variance=0.05"), kExpected);
}

TEST_F(BottleWithResNet, ScoresAtLeastAsWellWhenCalibrated) {
  scores_well(learn("profile=calibrated"), kExpected);
}

/// The large one looks at each picture once, for both profiles.
class BottleWithEfficientNet : public Bottle {
 protected:
  BottleWithEfficientNet() : Bottle("tf_efficientnet_b4") {}
  static void TearDownTestSuite() { remembering_.reset(); }

  std::shared_ptr<const Backbone> open(LevelSet levels) const {
    BackboneSettings settings;
    settings.architecture = backbone_;
    settings.weights = weights();
    settings.level_set = levels;
    return open_backbone(settings);
  }

  Detector learn(Profile profile) const {
    if (!remembering_)
      remembering_ = std::make_shared<RememberingBackbone>(open(LevelSet::extended));
    const auto backbone =
        std::make_shared<FewerLevels>(remembering_, open(level_set_for(profile))->info());
    FitSettings settings;
    settings.profile = profile;
    if (profile == Profile::paper) settings.reduction = kOraclesReduction;
    Learner learner(backbone, settings);
    for (const fs::path& file : files_in(bottle_ / "train" / "good"))
      learner.add(ReadPicture(file, backbone->info().input_size).image());
    return {backbone, learner.finish()};
  }

  static constexpr Expected kExpected{99.9, 96.5};
  static inline std::shared_ptr<const RememberingBackbone> remembering_;
};

TEST_F(BottleWithEfficientNet, ScoresAsInThePaper) {
  scores_as_in_the_paper(learn(Profile::paper), kExpected);
}

TEST_F(BottleWithEfficientNet, ScoresAtLeastAsWellWhenCalibrated) {
  scores_well(learn(Profile::calibrated), kExpected);
}

}  // namespace
}  // namespace mvga::testing
