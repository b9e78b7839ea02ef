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
#include <string>
#include <vector>

#include "core/files/model_file.h"
#include "core/metrics/pixel_scores.h"
#include "core/scoring/detector.h"
#include "gst/frames/frame_reader.h"
#include "models/open_backbone.h"
#include "tests/accuracy/pictures.h"
#include "tests/accuracy/rank_correlation.h"
#include "tests/gst/harness/play.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

struct Expected {
  const char* backbone;
  const char* options;  // of mvgafit: the oracle takes opposite PCA for both backbones
  double image_auroc;
  double pixel_auroc;
};

void PrintTo(const Expected& expected, std::ostream* out) {
  *out << expected.backbone;
}

class Bottle : public ::testing::TestWithParam<Expected> {
 protected:
  void SetUp() override {
    const char* shared = std::getenv("MVGA_SHARED");
    if (shared == nullptr) GTEST_SKIP() << "MVGA_SHARED is not set to the project's shared folder";
    shared_ = shared;
    bottle_ = shared_ / "data" / "bottle";
  }

  std::string backbone() const { return GetParam().backbone; }
  fs::path weights() const { return shared_ / "weights" / (backbone() + ".safetensors"); }

  Detector learn(const std::string& options) const {
    const fs::path path = folder_ / "bottle.mvga";
    const std::string error =
        play("multifilesrc location=" + (bottle_ / "train/good/%03d.jpg").string() +
             " caps=image/jpeg,framerate=10/1 ! jpegdec ! videoconvert ! mvgafit model=" +
             path.string() + " backbone=" + backbone() + " weights=" + weights().string() + " " +
             options + " ! fakesink");
    if (!error.empty()) throw std::runtime_error(error);
    Model model = load_model(path);
    BackboneSettings settings = backbone_settings_for(model);
    settings.weights = weights();
    return {open_backbone(settings), std::move(model)};
  }

  /// The oracle's score of every file, by its path within bottle.
  std::map<std::string, double> oracle_scores() const {
    std::ifstream table(shared_ / "reference" / backbone() / "scores.csv");
    std::map<std::string, double> scores;
    std::string line;
    std::getline(table, line);
    while (std::getline(table, line))
      scores[line.substr(0, line.find(','))] = std::stod(line.substr(line.rfind(',') + 1));
    return scores;
  }

  fs::path shared_;
  fs::path bottle_;
  TemporaryFolder folder_;
};

Detection detect(const Detector& detector, const fs::path& file) {
  const Sample sample = decode(file);
  GstVideoInfo info;
  gst_video_info_from_caps(&info, gst_sample_get_caps(sample.get()));
  gst::FrameReader reader;
  reader.configure(info, Box{}, detector.model().input_size);
  return detector.detect(reader.read(gst_sample_get_buffer(sample.get())), {});
}

/// Percent.
struct Metrics {
  double image_auroc = 0;
  double pixel_auroc = 0;
  double pro = 0;
};

Metrics evaluate(const Detector& detector, const fs::path& bottle) {
  std::vector<float> scores;
  std::vector<std::uint8_t> anomalous;
  PixelScores pixels;
  for (const fs::path& kind : files_in(bottle / "test")) {
    const bool good = kind.filename() == "good";
    for (const fs::path& file : files_in(kind)) {
      const Detection d = detect(detector, file);
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
  const Metrics m{100 * RankedScores(scores, anomalous).auroc(), 100 * ranked.auroc(),
                  100 * ranked.pro(0.3)};
  std::printf("  image AUROC %.2f, pixel AUROC %.2f, PRO %.2f\n", m.image_auroc, m.pixel_auroc,
              m.pro);
  return m;
}

TEST_P(Bottle, ScoresAsInThePaper) {
  const Detector detector = learn(std::string("profile=paper ") + GetParam().options);
  const Metrics metrics = evaluate(detector, bottle_);
  EXPECT_GE(metrics.image_auroc, GetParam().image_auroc);
  EXPECT_GE(metrics.pixel_auroc, GetParam().pixel_auroc);

  // The oracle's decoder and scaler give other pixels than GStreamer's, by 2 of 255 on average in
  // the chroma, and the learned pictures' own scores feel that most; oracle_scores_test.cpp
  // compares without that difference.
  std::vector<double> ours;
  std::vector<double> theirs;
  for (const auto& [name, score] : oracle_scores()) {
    if (name.rfind("test/", 0) != 0) continue;
    theirs.push_back(score);
    ours.push_back(detect(detector, bottle_ / name).score);
  }
  ASSERT_EQ(ours.size(), 83U);
  const double correlation = rank_correlation(ours, theirs);
  std::printf("  rank correlation with the oracle %.5f\n", correlation);
  EXPECT_GE(correlation, 0.995) << "the scores order the pictures in another way than the oracle's";
}

TEST_P(Bottle, ScoresAtLeastAsWellWhenCalibrated) {
  const Metrics metrics = evaluate(learn("profile=calibrated"), bottle_);
  EXPECT_GE(metrics.image_auroc, GetParam().image_auroc);
  EXPECT_GE(metrics.pixel_auroc, GetParam().pixel_auroc);
}

INSTANTIATE_TEST_SUITE_P(Backbones, Bottle,
                         ::testing::Values(Expected{"tf_efficientnet_b4", "", 99.9, 96.5},
                                           Expected{"resnet18", "reduction=opca variance=0.05",
                                                    99.0, 97.0}),
                         [](const auto& info) { return std::string(info.param.backbone); });

}  // namespace
}  // namespace mvga::testing
