// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the properties of mvgadetect do, each seen from outside.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

const GstVideoInfo kInfo = video_info(GST_VIDEO_FORMAT_I420, 96, 64);

/// Normal frame `seed` with a bright block in the luma of columns [left, right).
Buffer frame_with_block(unsigned seed, int left, int right) {
  Buffer buffer = normal_frame(kInfo, seed);
  GstVideoFrame frame;
  gst_video_frame_map(&frame, &kInfo, buffer.get(), GST_MAP_WRITE);
  auto* luma = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
  for (int y = 16; y < 48; ++y)
    std::memset(luma + y * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0) + left, 250,
                static_cast<std::size_t>(right - left));
  gst_video_frame_unmap(&frame);
  return buffer;
}

std::filesystem::path learn_part(const TemporaryFolder& folder, const char* roi) {
  std::filesystem::path path = folder / "part.mvga";
  ElementHarness fit("mvgafit");
  fit.set("model", path.c_str(), "backbone", kSmallArchitecture, "weights", small_weights().c_str(),
          "levels", "0-1", "input-size", kSmallInput, "roi", roi, "threads", 1);
  if (!fit.play()) throw std::runtime_error(fit.error().value_or(Complaint{}).text);
  fit.set_caps(kInfo);
  for (unsigned i = 0; i < 40; ++i) fit.push(normal_frame(kInfo, i));
  fit.push_event(gst_event_new_eos());
  return path;
}

class DetectSettings : public ::testing::Test {
 protected:
  void start() { detect.start(kInfo); }
  void set(const char* property, const char* value) {
    gst_util_set_object_arg(G_OBJECT(detect.element()), property, value);
  }
  double score(Buffer frame) { return detect.look_at(std::move(frame)).score.value(); }
  Detect detect;
};

// ---- which frames, and which part of them, are inferred

TEST_F(DetectSettings, InferenceIntervalLooksAtEveryNthFrame) {
  for (const guint interval : {1u, 2u, 5u}) {
    detect.set("inference-interval", interval);
    start();
    for (unsigned i = 0; i < 11; ++i)
      EXPECT_EQ(detect.look_at(normal_frame(kInfo, i)).status, i % interval ? "held" : "fresh")
          << "frame " << i << " with interval " << interval;
    detect.stop();
  }
}

TEST_F(DetectSettings, RoiIsAllThatIsLookedAt) {
  detect.set("roi", "0,0,0.625,1");  // 60 columns
  start();
  const double usual = score(normal_frame(kInfo, 1));
  EXPECT_EQ(score(frame_with_block(1, 60, 96)), usual) << "something outside was seen";
  EXPECT_GT(score(frame_with_block(1, 40, 60)), usual + 2) << "something inside was not seen";
}

TEST_F(DetectSettings, RoiIsWhereRegionsAre) {
  detect.set("roi", "0.5,0.25,0.5,0.5");
  start();
  const AnomalyMeta meta = detect.look_at(frame_with_block(1, 72, 96));
  ASSERT_GE(meta.n_regions, 1u);
  for (const GstVideoRectangle& region : meta.regions) {
    EXPECT_GE(region.x, 499);
    EXPECT_GE(region.y, 249);
    EXPECT_LE(region.x + region.w, 1001);
    EXPECT_LE(region.y + region.h, 751);
  }
}

TEST_F(DetectSettings, RoiOfTheWholeFrameIsTheDefault) {
  start();
  const double usual = score(normal_frame(kInfo, 1));
  detect.set("roi", "0,0,1,1");
  EXPECT_EQ(score(normal_frame(kInfo, 1)), usual);
}

TEST_F(DetectSettings, RoiIsTheModelsOwnUntilAnotherIsSet) {
  const TemporaryFolder folder;
  detect.set("model", learn_part(folder, "0,0,0.625,1").c_str());
  start();
  const double usual = score(normal_frame(kInfo, 1));
  EXPECT_EQ(score(frame_with_block(1, 60, 96)), usual) << "the model's roi is not heeded";
  detect.set("roi", "0,0,1,1");
  EXPECT_NE(score(frame_with_block(1, 60, 96)), usual) << "the property's roi is not heeded";
  detect.set("roi", nullptr);
  EXPECT_EQ(score(frame_with_block(1, 60, 96)), usual) << "not back to the model's roi";
}

TEST_F(DetectSettings, RoiChangedWithinAnIntervalKeepsTheInterval) {
  detect.set("inference-interval", 3);
  start();
  for (unsigned i = 0; i < 9; ++i) {
    if (i == 3) detect.set("roi", "0,0,0.5,1");
    EXPECT_EQ(detect.look_at(normal_frame(kInfo, i)).status, i % 3 ? "held" : "fresh")
        << "frame " << i;
  }
}

TEST_F(DetectSettings, TheSmallestRoiIsOnePixel) {
  detect.set("roi", "0.999,0.999,0.001,0.001");
  start();
  EXPECT_EQ(detect.look_at(normal_frame(kInfo, 1)).status, "fresh");
}

// ---- what counts as an anomaly

TEST_F(DetectSettings, ThresholdDecidesWhatIsAnomalous) {
  start();
  const AnomalyMeta by_model = detect.look_at(anomalous_frame(kInfo, 1));
  detect.set("threshold", 2 * *by_model.score);
  const AnomalyMeta tolerant = detect.look_at(anomalous_frame(kInfo, 1));
  EXPECT_EQ(tolerant.threshold, 2 * *by_model.score);
  EXPECT_FALSE(tolerant.anomalous);
  EXPECT_EQ(tolerant.score, by_model.score) << "a threshold changes no score";
  detect.set("threshold", 0.5 * *by_model.score);
  EXPECT_TRUE(detect.look_at(anomalous_frame(kInfo, 1)).anomalous);
  detect.set("threshold", -1.0);
  EXPECT_EQ(detect.look_at(anomalous_frame(kInfo, 1)).threshold, by_model.threshold)
      << "-1 is the model's own";
}

TEST_F(DetectSettings, TargetFprMovesTheThreshold) {
  start();
  const AnomalyMeta usual = detect.look_at(normal_frame(kInfo, 1));
  detect.set("target-fpr", 0.5);
  const AnomalyMeta lax = detect.look_at(normal_frame(kInfo, 1));
  EXPECT_LT(lax.threshold, usual.threshold) << "more false alarms need a lower threshold";
  detect.set("threshold", 3.0);
  EXPECT_EQ(detect.look_at(normal_frame(kInfo, 1)).threshold, 3.0) << "a set threshold wins";
  detect.set("threshold", -1.0, "target-fpr", 0.0);
  EXPECT_EQ(detect.look_at(normal_frame(kInfo, 1)).threshold, usual.threshold)
      << "0 is the model's own";
}

// ---- what it runs on

TEST_F(DetectSettings, CudaGivesTheCpusScoresOrSaysWhyNot) {
  detect.set("device", "cpu");
  start();
  const double on_cpu = score(anomalous_frame(kInfo, 1));
  detect.stop();
  detect.set("device", "cuda");
  if (detect.play()) {
    detect.set_caps(kInfo);
    EXPECT_NEAR(score(anomalous_frame(kInfo, 1)), on_cpu, 1e-3 * std::abs(on_cpu));
    return;
  }
  const auto error = detect.error();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->domain, GST_RESOURCE_ERROR);
  EXPECT_EQ(error->code, GST_RESOURCE_ERROR_SETTINGS);
  EXPECT_NE(error->text.find("device=cuda"), std::string::npos) << error->text;
  EXPECT_NE(error->text.find("use device=cpu"), std::string::npos) << error->text;
  detect.set("device", "auto");
  start();
  EXPECT_EQ(score(anomalous_frame(kInfo, 1)), on_cpu) << "auto is not the CPU";
}

TEST_F(DetectSettings, Bf16IsCloseToFp32) {
  set("precision", "fp32");
  start();
  const double normal = score(normal_frame(kInfo, 1));
  const double anomalous = score(anomalous_frame(kInfo, 1));
  detect.stop();
  set("precision", "bf16");
  start();
  const double tolerance = 0.15 * (anomalous - normal);
  EXPECT_NEAR(score(normal_frame(kInfo, 1)), normal, tolerance);
  EXPECT_NEAR(score(anomalous_frame(kInfo, 1)), anomalous, tolerance);
  EXPECT_NE(score(anomalous_frame(kInfo, 1)), anomalous) << "bf16 was not used";
}

TEST_F(DetectSettings, TheNumberOfThreadsChangesNoScore) {
  detect.set("threads", 1);
  start();
  const double one = score(anomalous_frame(kInfo, 1));
  detect.stop();
  detect.set("threads", 2);
  start();
  EXPECT_NEAR(score(anomalous_frame(kInfo, 1)), one, 1e-4 * std::abs(one));
}

// ---- what it draws

TEST_F(DetectSettings, AlphaAndColourMapChangeWhatIsDrawn) {
  set("overlay", "blend");
  start();
  const auto drawn = [&](const char* colours, double alpha) {
    set("colormap", colours);
    detect.set("alpha", alpha);
    return bytes_of(detect.watch(anomalous_frame(kInfo, 1)).get());
  };
  const auto turbo = drawn("turbo", 0.5);
  EXPECT_NE(drawn("viridis", 0.5), turbo);
  EXPECT_NE(drawn("turbo", 0.9), turbo);
  EXPECT_EQ(drawn("turbo", 0.5), turbo) << "not back at the first setting";
}

TEST_F(DetectSettings, AStyleOfNothingDrawsNothing) {
  set("overlay", "blend");
  set("overlay-style", "0");
  start();
  EXPECT_EQ(bytes_of(detect.watch(anomalous_frame(kInfo, 1)).get()),
            bytes_of(anomalous_frame(kInfo, 1).get()));
}

TEST_F(DetectSettings, OverlayMarksTheAnomalyAndNotTheRest) {
  set("overlay", "blend");
  set("overlay-style", "heatmap+contour");
  start();
  const auto before = bytes_of(anomalous_frame(kInfo, 1).get());
  const auto after = bytes_of(detect.watch(anomalous_frame(kInfo, 1)).get());
  int in_block = 0;
  int on_the_left = 0;
  for (int y = 16; y < 48; ++y) {
    for (int x = 0; x < 96; ++x) {
      const auto i = static_cast<std::size_t>(y * kInfo.stride[0] + x);
      in_block += x >= 76 && after[i] != before[i];
      on_the_left += x < 32 && after[i] != before[i];
    }
  }
  EXPECT_GT(in_block, 32 * 20 / 2) << "the block is not covered";
  EXPECT_LT(on_the_left, 32 * 32 / 4) << "normal parts are covered";
}

TEST_F(DetectSettings, DefaultsAreThoseOfTheDesign) {
  gint overlay = -1;
  gint messages = -1;
  gint on_error = -1;
  gint mode = -1;
  guint attach = 0;
  guint interval = 0;
  gchar* device = nullptr;
  g_object_get(detect.element(), "overlay", &overlay, "messages", &messages, "on-error", &on_error,
               "inference-mode", &mode, "attach", &attach, "inference-interval", &interval,
               "device", &device, nullptr);
  EXPECT_EQ(overlay, 0);
  EXPECT_EQ(messages, 1);
  EXPECT_EQ(on_error, 0);
  EXPECT_EQ(mode, 0);
  EXPECT_EQ(attach, 3u);
  EXPECT_EQ(interval, 1u);
  EXPECT_STREQ(device, "auto");
  g_free(device);
}

}  // namespace
}  // namespace mvga::testing
