// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What may change while mvgadetect plays: caps, position, properties, and the model.
#include <gst/controller/gstdirectcontrolbinding.h>
#include <gst/controller/gstinterpolationcontrolsource.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "core/files/model_file.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

class DetectPlaying : public ::testing::Test {
 protected:
  DetectPlaying() {
    fs::copy_file(small_model(), folder / "a.mvga");
    fs::copy_file(small_model(), folder / "b.mvga");
    fs::copy_file(small_weights(), folder / "w.safetensors");
    detect.set("model", (folder / "a.mvga").c_str(), "weights", (folder / "w.safetensors").c_str());
  }
  void start() { detect.start(info); }
  void renegotiate(GstVideoFormat format, int width, int height) {
    detect.info = video_info(format, width, height);
    detect.set_caps(detect.info);
  }
  void flush() {
    detect.push_event(gst_event_new_flush_start());
    detect.push_event(gst_event_new_flush_stop(TRUE));
    GstSegment segment;
    gst_segment_init(&segment, GST_FORMAT_TIME);
    detect.push_event(gst_event_new_segment(&segment));
  }
  Buffer gap(unsigned seed) {
    Buffer buffer = normal_frame(detect.info, seed);
    GST_BUFFER_FLAG_SET(buffer.get(), GST_BUFFER_FLAG_GAP);
    return buffer;
  }

  TemporaryFolder folder;
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  Detect detect;
};

// ---- caps

TEST_F(DetectPlaying, CapsChangeWithoutReadingAFileAgain) {
  start();
  const double first = detect.look_at(anomalous_frame(info, 1)).score.value();
  fs::remove(folder / "a.mvga");
  fs::remove(folder / "w.safetensors");
  for (const auto& [format, width, height] : {std::tuple(GST_VIDEO_FORMAT_I420, 160, 90),
                                              {GST_VIDEO_FORMAT_BGRx, 97, 65},
                                              {GST_VIDEO_FORMAT_GRAY8, 1, 1},
                                              {GST_VIDEO_FORMAT_NV12, 320, 240}}) {
    renegotiate(format, width, height);
    EXPECT_EQ(detect.look_at(anomalous_frame(detect.info, 2, {1})).status, "fresh");
  }
  renegotiate(GST_VIDEO_FORMAT_I420, 96, 64);
  EXPECT_EQ(detect.look_at(anomalous_frame(info, 1)).score, first);
}

TEST_F(DetectPlaying, CapsChangeAndEarlierResultsAreNotCarriedOver) {
  detect.set("inference-interval", 5, "overlay", 1);
  start();
  detect.watch(anomalous_frame(info, 0));
  renegotiate(GST_VIDEO_FORMAT_I420, 64, 48);
  EXPECT_EQ(detect.look_at(gap(1)).status, "skipped") << "a result of other frames was held";
  EXPECT_EQ(detect.look_at(normal_frame(detect.info, 2)).status, "fresh");
}

TEST_F(DetectPlaying, CapsChangeWithinAnEvent) {
  start();
  detect.set("threshold", 0.0);
  const guint64 event = detect.look_at(anomalous_frame(info, 0)).event_id;
  EXPECT_GT(event, 0u);
  renegotiate(GST_VIDEO_FORMAT_BGRx, 160, 90);
  EXPECT_EQ(detect.look_at(anomalous_frame(detect.info, 1)).event_id, event) << "it goes on";
}

// ---- position

TEST_F(DetectPlaying, AFlushForgetsWhatWasHeld) {
  detect.set("inference-interval", 10);
  start();
  detect.watch(normal_frame(info, 0));
  EXPECT_EQ(detect.look_at(gap(1)).status, "held");
  flush();
  EXPECT_EQ(detect.look_at(gap(2)).status, "skipped");
  EXPECT_EQ(detect.look_at(normal_frame(info, 3)).status, "fresh") << "within the interval before";
}

TEST_F(DetectPlaying, EosPassesAndANewStreamMayFollow) {
  start();
  detect.watch(normal_frame(info, 0));
  EXPECT_TRUE(detect.push_event(gst_event_new_eos()));
  EXPECT_EQ(detect.push(normal_frame(info, 1)), GST_FLOW_EOS);
  flush();
  EXPECT_EQ(detect.look_at(normal_frame(info, 2)).status, "fresh");
}

TEST_F(DetectPlaying, AnotherStreamStartsAfresh) {
  detect.set("inference-interval", 10, "threshold", 0.0);
  start();
  EXPECT_EQ(detect.look_at(anomalous_frame(info, 100)).event_id, 1u);
  EXPECT_EQ(detect.look_at(normal_frame(info, 101)).status, "held");
  EXPECT_EQ(detect.messages("mvga-event").size(), 1u);
  // The next film of a playlist, with the same caps.
  detect.push_event(gst_event_new_stream_start("another"));
  EXPECT_EQ(detect.messages("mvga-event").size(), 1u) << "an event goes on in another stream";
  detect.set_caps(info);
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  detect.push_event(gst_event_new_segment(&segment));
  const AnomalyMeta first = detect.look_at(anomalous_frame(info, 0));
  EXPECT_EQ(first.status, "fresh") << "a result of the stream before is held";
  EXPECT_EQ(first.event_id, 2u);
}

// ---- properties

TEST_F(DetectPlaying, PropertiesCountFromTheNextFrameOn) {
  start();
  EXPECT_EQ(detect.look_at(normal_frame(info, 0)).status, "fresh");
  detect.set("threshold", 0.25);
  EXPECT_EQ(detect.look_at(normal_frame(info, 1)).threshold, 0.25);
  detect.set("inference-interval", 2);
  detect.watch(normal_frame(info, 2));
  EXPECT_EQ(detect.look_at(normal_frame(info, 3)).status, "held");
  detect.set("inference-interval", 1);
  EXPECT_EQ(detect.look_at(normal_frame(info, 4)).status, "fresh");
  EXPECT_EQ(detect.look_at(normal_frame(info, 5)).status, "fresh");
  detect.set("max-regions", 0);
  EXPECT_EQ(detect.look_at(anomalous_frame(info, 6)).n_regions, 0u);
}

TEST_F(DetectPlaying, ThresholdFollowsAController) {
  GstControlSource* source = gst_interpolation_control_source_new();
  g_object_set(source, "mode", GST_INTERPOLATION_MODE_LINEAR, nullptr);
  gst_object_add_control_binding(
      GST_OBJECT(detect.element()),
      gst_direct_control_binding_new_absolute(GST_OBJECT(detect.element()), "threshold", source));
  auto* points = GST_TIMED_VALUE_CONTROL_SOURCE(source);
  gst_timed_value_control_source_set(points, 0, 0);
  gst_timed_value_control_source_set(points, GST_SECOND, 1000);
  start();
  EXPECT_NEAR(detect.look_at(anomalous_frame(info, 0)).threshold, 0, 1e-6);
  const AnomalyMeta half = detect.look_at(anomalous_frame(info, 10));
  EXPECT_NEAR(half.threshold, 400, 1e-6);
  EXPECT_EQ(half.anomalous, *half.score > 400);
  EXPECT_NEAR(detect.look_at(anomalous_frame(info, 25)).threshold, 1000, 1e-6);
  gst_object_unref(source);
}

TEST_F(DetectPlaying, PropertiesMayChangeFromAnotherThreadAtAnyTime) {
  start();
  std::atomic<bool> done = false;
  const std::string models[] = {(folder / "a.mvga").string(), (folder / "b.mvga").string()};
  std::thread other([&] {
    GstElement* element = detect.element();
    for (unsigned i = 0; !done; ++i) {
      g_object_set(element, "threshold", i % 2 ? 0.0 : 1e6, "roi", i % 3 ? "0,0,0.5,1" : nullptr,
                   "overlay", i % 2, "colormap", i % 5, "alpha", (i % 10) / 10.0, "attach", i % 4,
                   "messages", i % 3, "inference-interval", 1 + i % 3, "max-regions", i % 20,
                   "trigger-frames", 1 + i % 2, "release-frames", 1 + i % 2, nullptr);
      if (i % 16 == 0) g_object_set(element, "model", models[i / 16 % 2].c_str(), nullptr);
      GstStructure* stats = nullptr;
      double score = 0;
      gchar* roi = nullptr;
      g_object_get(element, "stats", &stats, "last-score", &score, "roi", &roi, nullptr);
      gst_structure_free(stats);
      g_free(roi);
    }
  });
  for (unsigned i = 0; i < 100; ++i) ASSERT_NE(detect.watch(anomalous_frame(info, i)), nullptr);
  done = true;
  other.join();
  EXPECT_FALSE(detect.error());
  EXPECT_FALSE(detect.warning());
}

// ---- the model

TEST_F(DetectPlaying, TheModelIsSwappedBetweenTwoFramesAndTheWeightsStay) {
  start();
  EXPECT_EQ(detect.look_at(normal_frame(info, 0)).model_id, "a");
  fs::remove(folder / "w.safetensors");
  EXPECT_TRUE(detect.change_model(folder / "b.mvga"));
  EXPECT_EQ(detect.look_at(normal_frame(info, 1)).model_id, "b");
  EXPECT_FALSE(detect.warning());
}

TEST_F(DetectPlaying, ASwappedModelForgetsWhatTheOldOneSaw) {
  detect.set("inference-interval", 10);
  start();
  detect.watch(normal_frame(info, 0));
  EXPECT_TRUE(detect.change_model(folder / "b.mvga"));
  const AnomalyMeta next = detect.look_at(normal_frame(info, 1));
  EXPECT_EQ(next.model_id, "b");
  EXPECT_EQ(next.status, "fresh") << "a result of the old model under the new one's name";
}

TEST_F(DetectPlaying, AModelWithAnotherInputSizeIsSwappedInAsWell) {
  const fs::path larger = folder / "larger.mvga";
  ElementHarness fit("mvgafit");
  fit.set("model", larger.c_str(), "backbone", kSmallArchitecture, "weights",
          small_weights().c_str(), "levels", "0-1", "input-size", 2 * kSmallInput, "threads", 1);
  ASSERT_TRUE(fit.play());
  fit.set_caps(info);
  for (unsigned i = 0; i < 20; ++i) fit.push(normal_frame(info, i));
  fit.push_event(gst_event_new_eos());
  ASSERT_TRUE(fs::exists(larger)) << fit.error().value_or(Complaint{}).text;

  start();
  const double small = detect.look_at(anomalous_frame(info, 1)).score.value();
  EXPECT_TRUE(detect.change_model(larger));
  const AnomalyMeta swapped = detect.look_at(anomalous_frame(info, 1));
  EXPECT_EQ(swapped.model_id, "larger");
  EXPECT_NE(swapped.score, small);
  EXPECT_TRUE(detect.change_model(folder / "a.mvga"));
  EXPECT_EQ(detect.look_at(anomalous_frame(info, 1)).score, small);

  fs::remove(folder / "w.safetensors");  // which another input size takes anew
  EXPECT_FALSE(detect.change_model(larger));
  EXPECT_EQ(detect.look_at(anomalous_frame(info, 1)).score, small) << "the old one does not run on";
  const auto warning = detect.warning();
  ASSERT_TRUE(warning);
  EXPECT_EQ(warning->code, GST_RESOURCE_ERROR_NOT_FOUND);
  EXPECT_NE(warning->text.find("w.safetensors"), std::string::npos) << warning->text;
}

TEST_F(DetectPlaying, AModelOfTheOldReaderRunsWithAWarning) {
  const fs::path older = folder / "older.mvga";
  Model model = load_model(folder / "b.mvga");
  model.reading = Reading::gstreamer;
  save_model(model, older);
  const auto expect_warning = [&](Detect& detector) {
    EXPECT_EQ(detector.look_at(normal_frame(info, 1)).model_id, "older");
    const auto warning = detector.warning();
    ASSERT_TRUE(warning);
    EXPECT_NE(warning->text.find("older.mvga"), std::string::npos) << warning->text;
    EXPECT_NE(warning->text.find("learn it anew"), std::string::npos) << warning->text;
    detector.watch(normal_frame(info, 2));
    EXPECT_FALSE(detector.warning()) << "said again with every frame";
  };
  start();
  EXPECT_FALSE(detect.warning());
  EXPECT_TRUE(detect.change_model(older));
  expect_warning(detect);
  Detect second;
  second.set("model", older.c_str());
  second.start(info);
  expect_warning(second);
}

TEST_F(DetectPlaying, AModelThatPromisesNothingRunsWithAWarningUnlessAThresholdIsSet) {
  const fs::path few = folder / "few.mvga";
  Model model = load_model(folder / "b.mvga");
  model.promises = false;
  save_model(model, few);
  for (const double threshold : {-1.0, 4.0}) {
    Detect detector;
    detector.set("model", few.c_str(), "threshold", threshold);
    detector.start(info);
    EXPECT_EQ(detector.look_at(normal_frame(info, 1)).model_id, "few");
    const auto warning = detector.warning();
    ASSERT_EQ(warning.has_value(), threshold < 0);
    const std::string text = warning ? warning->text : "no rate of false alarms is promised";
    EXPECT_NE(text.find("no rate of false alarms is promised"), std::string::npos) << text;
  }
}

TEST_F(DetectPlaying, ABadModelLeavesTheOldOneRunningWithAWarning) {
  std::ofstream(folder / "bad.mvga") << "no model";
  start();
  const double before = detect.look_at(anomalous_frame(info, 1)).score.value();
  const auto expect_warning = [&](const char* model, int code) {
    EXPECT_FALSE(detect.change_model(model));
    const AnomalyMeta meta = detect.look_at(anomalous_frame(info, 1));
    EXPECT_EQ(meta.model_id, "a");
    EXPECT_EQ(meta.score, before);
    EXPECT_FALSE(detect.error());
    const auto warning = detect.warning();
    ASSERT_TRUE(warning);
    EXPECT_EQ(warning->domain, GST_RESOURCE_ERROR);
    EXPECT_EQ(warning->code, code) << warning->text;
    detect.watch(normal_frame(info, 2));
    EXPECT_FALSE(detect.warning()) << "said again with every frame";
  };
  expect_warning((folder / "bad.mvga").c_str(), GST_RESOURCE_ERROR_READ);
  expect_warning((folder / "nowhere.mvga").c_str(), GST_RESOURCE_ERROR_NOT_FOUND);
  expect_warning("", GST_RESOURCE_ERROR_NOT_FOUND);
  EXPECT_TRUE(detect.change_model(folder / "b.mvga"));
  EXPECT_EQ(detect.look_at(normal_frame(info, 3)).model_id, "b") << "a good one is taken again";
}

}  // namespace
}  // namespace mvga::testing
