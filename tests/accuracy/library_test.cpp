// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What it changes that libmvga is given RGB, where elements read what a decoder gives: MVTec AD's
// bottle, learned and scored through either (MVGA_SHARED). The figures are those of
// docs/library.md.

#include <gst/video/video.h>
#include <gtest/gtest.h>
#include <mvga/mvga.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "core/files/model_file.h"
#include "core/metrics/ranked_scores.h"
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

/// A picture in RGB as a program of others has it, at its own size.
class RgbFrame {
 public:
  explicit RgbFrame(const fs::path& file) : sample_(decode(file, "RGB")) {
    GstVideoInfo info;
    gst_video_info_from_caps(&info, gst_sample_get_caps(sample_.get()));
    gst_video_frame_map(&frame_, &info, gst_sample_get_buffer(sample_.get()), GST_MAP_READ);
  }
  RgbFrame(const RgbFrame&) = delete;
  RgbFrame& operator=(const RgbFrame&) = delete;
  ~RgbFrame() { gst_video_frame_unmap(&frame_); }

  v1::Image image() const {
    return {static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame_, 0)),
            GST_VIDEO_FRAME_SIZE(&frame_), GST_VIDEO_FRAME_WIDTH(&frame_),
            GST_VIDEO_FRAME_HEIGHT(&frame_), GST_VIDEO_FRAME_PLANE_STRIDE(&frame_, 0)};
  }

 private:
  Sample sample_;
  GstVideoFrame frame_{};
};

struct Scores {
  std::vector<double> values;
  std::vector<std::uint8_t> anomalous;

  double auroc() const {
    return 100 * RankedScores(std::vector<float>(values.begin(), values.end()), anomalous).auroc();
  }
};

/// @param score of a file
template <typename F>
Scores scores_of(const fs::path& bottle, const F& score) {
  Scores scores;
  for (const fs::path& kind : files_in(bottle / "test"))
    for (const fs::path& file : files_in(kind)) {
      scores.values.push_back(score(file));
      scores.anomalous.push_back(kind.filename() == "good" ? 0 : 1);
    }
  return scores;
}

Scores by_the_library(const fs::path& model, const fs::path& bottle) {
  const v1::Detector detector(v1::Model::open(model));
  return scores_of(
      bottle, [&](const fs::path& file) { return detector.score(RgbFrame(file).image()).score(); });
}

Scores by_the_elements(const fs::path& model_file, const fs::path& bottle) {
  Model model = load_model(model_file);
  const auto backbone = open_backbone(backbone_settings_for(model));
  const Detector detector(backbone, std::move(model));
  gst::FrameReader reader;
  return scores_of(bottle, [&](const fs::path& file) {
    const Sample sample = decode(file);
    GstVideoInfo info;
    gst_video_info_from_caps(&info, gst_sample_get_caps(sample.get()));
    reader.configure(info, Box{}, detector.model().input_size);
    return detector.detect(reader.read(gst_sample_get_buffer(sample.get())), {}).score;
  });
}

/// Prints how far two ways of scoring the same pictures are apart.
/// @return the rank correlation
double compare(const char* what, const Scores& a, const Scores& b) {
  double difference = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i)
    difference += std::abs(a.values[i] - b.values[i]);
  const double correlation = rank_correlation(a.values, b.values);
  std::printf("  %s: mean absolute difference %.4f, rank correlation %.5f, AUROC %.2f and %.2f\n",
              what, difference / static_cast<double>(a.values.size()), correlation, a.auroc(),
              b.auroc());
  return correlation;
}

class BottleByTheLibrary : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* shared = std::getenv("MVGA_SHARED");
    if (shared == nullptr) GTEST_SKIP() << "MVGA_SHARED is not set to the project's shared folder";
    bottle_ = fs::path(shared) / "data" / "bottle";
  }

  fs::path bottle_;
  TemporaryFolder folder_;
};

TEST_F(BottleByTheLibrary, IsScoredNearlyAsByTheElements) {
  v1::Learner learner;
  for (const fs::path& file : files_in(bottle_ / "train" / "good"))
    learner.add(RgbFrame(file).image());
  learner.learn().save(folder_ / "library.mvga");
  const std::string error =
      play("multifilesrc location=" + (bottle_ / "train/good/%03d.jpg").string() +
           " caps=image/jpeg,framerate=10/1 ! jpegdec ! mvgafit model=" +
           (folder_ / "elements.mvga").string() + " ! fakesink");
  ASSERT_EQ(error, "");

  const Scores library = by_the_library(folder_ / "library.mvga", bottle_);
  const Scores elements = by_the_elements(folder_ / "elements.mvga", bottle_);
  ASSERT_EQ(library.values.size(), 83U);
  EXPECT_GE(compare("learned by the library, scored by either", library,
                    by_the_elements(folder_ / "library.mvga", bottle_)),
            0.99);
  EXPECT_GE(compare("learned by the elements, scored by either",
                    by_the_library(folder_ / "elements.mvga", bottle_), elements),
            0.99);
  EXPECT_GE(compare("each learned and scored by itself", library, elements), 0.99);
  EXPECT_GE(library.auroc(), elements.auroc() - 0.5);
}

}  // namespace
}  // namespace mvga::testing
