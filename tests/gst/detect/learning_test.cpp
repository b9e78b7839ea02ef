// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgadetect learn-frames: learning from the stream that is watched afterwards.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/gst_launch.h"
#include "tests/gst/harness/overlay_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kFrames = 8;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

guint64 field(GstBuffer* buffer, const char* name) {
  GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, "MvgaAnomalyMeta");
  return meta == nullptr ? 0 : number(*gst_custom_meta_get_structure(meta), name);
}

// With the network that is built in: the small one's weights have no default levels.
class DetectLearning : public ::testing::Test {
 protected:
  DetectLearning() {
    detect.set("model", model.c_str(), "weights", nullptr, "learn-frames", kFrames);
  }

  void learn(unsigned from = 0) {
    for (unsigned i = from; i < kFrames; ++i) detect.watch(normal_frame(info, i));
  }

  TemporaryFolder folder;
  fs::path model = folder / "new.mvga";
  GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  Detect detect;
};

TEST_F(DetectLearning, GivesTheModelOfMvgafitAndWatchesWithIt) {
  detect.start(info);
  for (unsigned i = 0; i < kFrames; ++i) {
    const Buffer frame = detect.watch(normal_frame(info, i));
    const auto meta = anomaly_meta(frame.get());
    ASSERT_TRUE(meta);
    EXPECT_EQ(meta->status, "learning");
    EXPECT_EQ(meta->model_id, "new");
    EXPECT_FALSE(meta->score);
    EXPECT_EQ(places(frame.get()), nullptr);
    EXPECT_EQ(field(frame.get(), "learned-frames"), i + 1);
    EXPECT_EQ(field(frame.get(), "learn-frames"), kFrames);
  }
  const AnomalyMeta watched = detect.look_at(anomalous_frame(info, kFrames));
  EXPECT_EQ(watched.status, "fresh");

  const fs::path fitted = folder / "fitted.mvga";
  ElementHarness fit("mvgafit");
  fit.set("model", fitted.c_str(), "threads", 1);
  ASSERT_TRUE(fit.play());
  fit.set_caps(info);
  for (unsigned i = 0; i < kFrames; ++i) fit.push(normal_frame(info, i));
  fit.push_event(gst_event_new_eos());
  EXPECT_EQ(contents(model), contents(fitted));

  Detect later;
  later.set("model", fitted.c_str(), "weights", nullptr);
  later.start(info);
  const AnomalyMeta expected = later.look_at(anomalous_frame(info, kFrames));
  EXPECT_EQ(watched.score, expected.score);
  EXPECT_EQ(watched.threshold, expected.threshold);
  EXPECT_TRUE(watched.anomalous);
}

TEST_F(DetectLearning, TakesFramesInTheirOrderThoughTheyAreLookedAtSideBySide) {
  detect.set("max-in-flight", 8);
  gst_util_set_object_arg(G_OBJECT(detect.element()), "inference-mode", "async");
  detect.start(info);
  for (unsigned i = 0; i < kFrames + 4; ++i) detect.push(normal_frame(info, i));
  for (unsigned i = 0; i < kFrames + 4; ++i) {
    const Buffer frame(gst_harness_pull(detect.get()));
    EXPECT_EQ(anomaly_meta(frame.get())->status, i < kFrames ? "learning" : "fresh") << i;
    if (i < kFrames) {
      EXPECT_EQ(field(frame.get(), "learned-frames"), i + 1);
    }
  }

  const fs::path in_turn = folder / "in-turn.mvga";
  Detect sync;
  sync.set("model", in_turn.c_str(), "weights", nullptr, "learn-frames", kFrames);
  sync.start(info);
  for (unsigned i = 0; i < kFrames; ++i) sync.watch(normal_frame(info, i));
  EXPECT_EQ(contents(model), contents(in_turn));
}

TEST_F(DetectLearning, IsToldOnTheBus) {
  detect.start(info);
  learn();
  const auto messages = detect.messages("mvga-fit");
  ASSERT_FALSE(messages.empty());
  const GstStructure& done = *messages.back();
  EXPECT_EQ(text(done, "phase"), "done");
  EXPECT_EQ(text(done, "model"), model);
  EXPECT_EQ(number(done, "frames"), kFrames);
  // So few frames cannot promise what the default asks for.
  const auto warning = detect.warning();
  ASSERT_TRUE(warning);
  EXPECT_NE(warning->text.find("target-fpr=0.01"), std::string::npos) << warning->text;
  EXPECT_FALSE(detect.error());
}

TEST_F(DetectLearning, TakesTheRateAndThePartOfTheFrameThatAreAskedFor) {
  detect.set("target-fpr", 0.2, "roi", "0.25,0.25,0.5,0.5");
  detect.start(info);
  learn();
  const auto messages = detect.messages("mvga-fit");
  EXPECT_EQ(real(*messages.back(), "target-fpr"), 0.2);
  Detect later;
  later.set("model", model.c_str(), "weights", nullptr);
  later.start(info);
  const Buffer frame = later.watch(normal_frame(info, kFrames));
  GstStructure* roi = nullptr;
  ASSERT_TRUE(gst_structure_get(places(frame.get()), "roi", GST_TYPE_STRUCTURE, &roi, nullptr));
  EXPECT_EQ(real(*roi, "x"), 0.25);
  EXPECT_EQ(real(*roi, "width"), 0.5);
  gst_structure_free(roi);
}

TEST_F(DetectLearning, IsNotDoneWhereThereIsAModel) {
  fs::copy_file(small_model(), model);
  const std::string before = contents(model);
  detect.set("weights", small_weights().c_str());
  detect.start(info);
  EXPECT_EQ(detect.look_at(normal_frame(info, 0)).status, "fresh");
  EXPECT_EQ(contents(model), before);
}

TEST_F(DetectLearning, LooksAtEveryNthFrame) {
  detect.set("inference-interval", 3u);
  detect.start(info);
  for (unsigned i = 0; i < 3 * kFrames - 2; ++i) {
    const Buffer frame = detect.watch(normal_frame(info, i));
    ASSERT_EQ(anomaly_meta(frame.get())->status, "learning") << "frame " << i;
    EXPECT_EQ(field(frame.get(), "learned-frames"), i / 3 + 1);
  }
  EXPECT_TRUE(fs::exists(model));
}

TEST_F(DetectLearning, LeavesOutFillers) {
  detect.start(info);
  Buffer filler = normal_frame(info, 0);
  GST_BUFFER_FLAG_SET(filler.get(), GST_BUFFER_FLAG_GAP);
  const Buffer out = detect.watch(std::move(filler));
  EXPECT_EQ(anomaly_meta(out.get())->status, "learning");
  EXPECT_EQ(field(out.get(), "learned-frames"), 0u);
}

TEST_F(DetectLearning, GoesOnAcrossAFlushAndOtherCaps) {
  detect.start(info);
  for (unsigned i = 0; i < kFrames / 2; ++i) detect.watch(normal_frame(info, i));
  detect.push_event(gst_event_new_flush_start());
  detect.push_event(gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  detect.push_event(gst_event_new_segment(&segment));
  info = video_info(GST_VIDEO_FORMAT_RGB, 128, 96);
  detect.set_caps(info);
  learn(kFrames / 2);
  EXPECT_EQ(detect.look_at(normal_frame(info, kFrames)).status, "fresh");
}

TEST_F(DetectLearning, WritesNothingWhenTheStreamIsTooShort) {
  for (const bool eos : {true, false}) {
    Detect early;
    early.set("model", model.c_str(), "weights", nullptr, "learn-frames", kFrames);
    early.start(info);
    early.watch(normal_frame(info, 0));
    if (eos) early.push_event(gst_event_new_eos());
    early.stop();
    const auto warning = early.warning();
    ASSERT_TRUE(warning) << (eos ? "EOS" : "stop");
    EXPECT_NE(warning->text.find("1 of 8 frames"), std::string::npos) << warning->text;
    EXPECT_FALSE(early.warning()) << "said twice";
    EXPECT_FALSE(fs::exists(model));
  }
}

TEST_F(DetectLearning, IsRefusedAtTheStartWhereItCannotSucceed) {
  detect.set("learn-frames", 3u);
  ASSERT_FALSE(detect.play());
  auto error = detect.error();
  ASSERT_TRUE(error);
  EXPECT_NE(error->text.find("learn-frames=3"), std::string::npos) << error->text;
  EXPECT_EQ(error->code, GST_RESOURCE_ERROR_SETTINGS);

  Detect other;
  other.set("model", (folder / "none" / "new.mvga").c_str(), "learn-frames", kFrames);
  ASSERT_FALSE(other.play());
  error = other.error();
  ASSERT_TRUE(error);
  EXPECT_NE(error->text.find("none"), std::string::npos) << error->text;
}

TEST_F(DetectLearning, EndsWithAModelThatIsSetMeanwhile) {
  detect.start(info);
  learn();
  const fs::path first = folder / "first.mvga";
  fs::rename(model, first);

  Detect other;
  other.set("model", model.c_str(), "weights", nullptr, "learn-frames", kFrames);
  other.start(info);
  EXPECT_EQ(other.look_at(normal_frame(info, 0)).status, "learning");
  EXPECT_TRUE(other.change_model(first));
  const AnomalyMeta meta = other.look_at(normal_frame(info, 1));
  EXPECT_EQ(meta.status, "fresh");
  EXPECT_EQ(meta.model_id, "first");
  EXPECT_FALSE(fs::exists(model));
}

TEST_F(DetectLearning, GoesOnWhenTheModelThatIsSetMeanwhileIsBad) {
  detect.start(info);
  detect.watch(normal_frame(info, 0));
  EXPECT_FALSE(detect.change_model(folder / "none.mvga"));
  const Buffer frame = detect.watch(normal_frame(info, 1));
  EXPECT_EQ(anomaly_meta(frame.get())->status, "learning");
  EXPECT_EQ(field(frame.get(), "learned-frames"), 2u);
  EXPECT_TRUE(detect.warning());
  learn(2);
  EXPECT_TRUE(fs::exists(model)) << "the model is written where learning began to promise it";
}

TEST_F(DetectLearning, IsCountedInStats) {
  detect.start(info);
  learn();
  detect.watch(normal_frame(info, kFrames));
  GstStructure* stats = nullptr;
  g_object_get(detect.element(), "stats", &stats, nullptr);
  EXPECT_EQ(number(*stats, "learning"), kFrames);
  EXPECT_EQ(number(*stats, "inferred"), 1u);
  gst_structure_free(stats);
}

TEST_F(DetectLearning, DoesNotCountItsLastFrameAsLatency) {
  detect.start(info);
  for (unsigned i = 0; i + 1 < kFrames; ++i) detect.watch(normal_frame(info, i));
  const GstClockTime before = gst_harness_query_latency(detect.get());
  EXPECT_GT(before, 0u);
  learn(kFrames - 1);
  EXPECT_EQ(gst_harness_query_latency(detect.get()), before);
}

TEST_F(DetectLearning, HasAHeatMapOfTheSameSizeFromTheStartOn) {
  detect.start(info);
  GstHarness* branch = gst_harness_new_with_element(detect.element(), nullptr, "heatmap");
  learn();
  detect.watch(normal_frame(info, kFrames));
  unsigned caps = 0;
  while (GstEvent* event = gst_harness_try_pull_event(branch)) {
    if (GST_EVENT_TYPE(event) == GST_EVENT_CAPS) ++caps;
    gst_event_unref(event);
  }
  EXPECT_EQ(caps, 1u);
  EXPECT_EQ(gst_harness_buffers_received(branch), kFrames + 1);
  gst_harness_teardown(branch);
}

TEST_F(DetectLearning, IsSeenInThePictureAsMvgaoverlayDrawsIt) {
  info = video_info(GST_VIDEO_FORMAT_I420, 320, 240);
  gst_util_set_object_arg(G_OBJECT(detect.element()), "overlay", "blend");
  detect.start(info);
  const Buffer drawn = detect.watch(normal_frame(info, 0));
  EXPECT_NE(bytes_of(drawn.get()), bytes_of(normal_frame(info, 0).get()));

  Detect plain;
  plain.set("model", model.c_str(), "weights", nullptr, "learn-frames", kFrames);
  plain.start(info);
  Overlay overlay;
  overlay.start(info);
  const Buffer later = overlay.draw(plain.watch(normal_frame(info, 0)));
  EXPECT_EQ(bytes_of(later.get()), bytes_of(drawn.get()));
}

TEST(DetectLearningLaunch, IsOneLine) {
  const TemporaryFolder folder;
  const std::string model = (folder / "new.mvga").string();
  GstLaunch launch(
      "-m videotestsrc pattern=ball num-buffers=12 ! video/x-raw,width=96,height=64 ! "
      "mvgadetect learn-frames=10 threads=1 messages=all model=" +
      model + " ! fakesink");
  EXPECT_EQ(launch.finish(), 0) << launch.printed();
  EXPECT_NE(launch.printed().find("wrote " + model + ": learned 10 frames"), std::string::npos)
      << launch.printed();
  EXPECT_NE(launch.printed().find("status=(string)learning"), std::string::npos);
  EXPECT_NE(launch.printed().find("status=(string)fresh"), std::string::npos);
  EXPECT_TRUE(fs::exists(model));
}

}  // namespace
}  // namespace mvga::testing
