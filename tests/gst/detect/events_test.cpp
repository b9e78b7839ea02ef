// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect says on the bus: mvga-event when something starts and ends, mvga-result for every
// frame on request.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/gst/harness/video_frames.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

class DetectEvents : public ::testing::Test {
 protected:
  void SetUp() override {
    // Between the two kinds of frame, so that no normal one is taken for an anomaly by chance.
    detect.start(info);
    const double normal = detect.look_at(normal_frame(info, 1)).score.value();
    const double anomalous = detect.look_at(anomalous_frame(info, 1)).score.value();
    detect.set("threshold", (normal + anomalous) / 2);
    detect.stop();
    detect.drop_messages();
    detect.start(info);
  }

  /// Pushes a frame for each letter: n for normal, A for anomalous.
  std::vector<AnomalyMeta> watch(const std::string& frames) {
    std::vector<AnomalyMeta> seen;
    for (const char kind : frames) {
      seen.push_back(
          detect.look_at(kind == 'A' ? anomalous_frame(info, next) : normal_frame(info, next)));
      ++next;
    }
    return seen;
  }

  /// "+3" for an event that starts at frame 3, "-5" for one whose last anomalous frame is 5.
  std::string events() {
    std::string list;
    for (const auto& event : detect.messages("mvga-event")) {
      const bool start = text(*event, "event") == "start";
      const guint64 pts = number(*event, start ? "pts" : "end-pts");
      list.append(start ? "+" : "-").append(std::to_string(pts / kFrameTime)).append(" ");
    }
    return list;
  }

  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  Detect detect;
  unsigned next = 0;
};

TEST_F(DetectEvents, StartAndEndWithTheAnomaly) {
  watch("nnAAAnnAn");
  EXPECT_EQ(events(), "+2 -4 +7 -7 ");
}

TEST_F(DetectEvents, StartWithAllThatIsKnown) {
  const AnomalyMeta meta = watch("nA").back();
  const auto messages = detect.messages("mvga-event");
  ASSERT_EQ(messages.size(), 1u);
  const AnomalyMeta said = anomaly_fields(messages[0].get());
  EXPECT_EQ(text(*messages[0], "event"), "start");
  EXPECT_EQ(number(*messages[0], "id"), 1u);
  EXPECT_EQ(said.event_id, 1u);
  EXPECT_EQ(said.score, meta.score);
  EXPECT_EQ(said.threshold, meta.threshold);
  EXPECT_EQ(said.p_value, meta.p_value);
  EXPECT_EQ(said.n_regions, meta.n_regions);
  EXPECT_EQ(said.regions.size(), meta.regions.size());
  EXPECT_EQ(said.model_id, small_model().stem());
}

TEST_F(DetectEvents, EndWithTheWorstFrame) {
  const auto metas = watch("AAAn");
  const auto messages = detect.messages("mvga-event");
  ASSERT_EQ(messages.size(), 2u);
  const GstStructure& end = *messages[1];
  const auto worst = std::max_element(
      metas.begin(), metas.end(), [](const auto& a, const auto& b) { return a.score < b.score; });
  EXPECT_EQ(text(end, "event"), "end");
  EXPECT_EQ(number(end, "id"), 1u);
  EXPECT_EQ(number(end, "start-pts"), 0u);
  EXPECT_EQ(number(end, "end-pts"), 2 * kFrameTime);
  EXPECT_EQ(number(end, "frames"), 3u);
  EXPECT_EQ(real(end, "peak-score"), *worst->score);
  EXPECT_EQ(real(end, "peak-p-value"), worst->p_value);
  EXPECT_EQ(text(end, "model-id"), small_model().stem());
  guint regions = 0;
  EXPECT_TRUE(gst_structure_get_uint(&end, "n-regions", &regions));
  EXPECT_EQ(regions, worst->n_regions);
}

TEST_F(DetectEvents, AreNumberedOnTheirFrames) {
  std::vector<guint64> ids;
  for (const AnomalyMeta& meta : watch("nAAnnA")) ids.push_back(meta.event_id);
  EXPECT_EQ(ids, (std::vector<guint64>{0, 1, 1, 0, 0, 2}));
  const auto messages = detect.messages("mvga-event");
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_EQ(number(*messages[2], "id"), 2u);
}

TEST_F(DetectEvents, HaveTheTimesOfAllClocks) {
  detect.stop();
  ASSERT_TRUE(detect.play());
  detect.push_event(gst_event_new_stream_start("test"));
  GstCaps* caps = gst_video_info_to_caps(&info);
  detect.push_event(gst_event_new_caps(caps));
  gst_caps_unref(caps);
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  segment.start = GST_SECOND;
  segment.base = 10 * GST_SECOND;
  segment.time = 100 * GST_SECOND;
  detect.push_event(gst_event_new_segment(&segment));
  detect.watch(anomalous_frame(info, 50));
  const auto messages = detect.messages("mvga-event");
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(number(*messages[0], "pts"), 2 * GST_SECOND);
  EXPECT_EQ(number(*messages[0], "running-time"), 11 * GST_SECOND);
  EXPECT_EQ(number(*messages[0], "stream-time"), 101 * GST_SECOND);
}

TEST_F(DetectEvents, StartWithKOfNFramesAndEndAfterMNormalOnes) {
  detect.set("trigger-frames", 2, "trigger-window", 3, "release-frames", 2);
  watch("AnnAnAnAnnn");
  EXPECT_EQ(events(), "+5 -7 ");
}

TEST_F(DetectEvents, CountOnlyFramesThatWereLookedAt) {
  detect.set("inference-interval", 2, "trigger-frames", 2, "trigger-window", 2);
  watch("AnnnAnAnnn");
  EXPECT_EQ(events(), "+6 -6 ") << "a held result is no second frame";
}

TEST_F(DetectEvents, EndWithTheStream) {
  watch("nA");
  detect.push_event(gst_event_new_eos());
  EXPECT_EQ(events(), "+1 -1 ");
}

TEST_F(DetectEvents, EndWhenTheElementStops) {
  watch("nA");
  detect.stop();
  EXPECT_EQ(events(), "+1 -1 ");
}

TEST_F(DetectEvents, EndOnceOnly) {
  watch("nA");
  detect.push_event(gst_event_new_eos());
  detect.stop();
  EXPECT_EQ(events(), "+1 -1 ");
}

TEST_F(DetectEvents, EndWithAFlush) {
  watch("nnnA");
  detect.push_event(gst_event_new_flush_start());
  detect.push_event(gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  detect.push_event(gst_event_new_segment(&segment));
  EXPECT_EQ(events(), "+3 -3 ") << "what comes after a flush is another part of the stream";
  next = 0;  // back to the beginning
  EXPECT_EQ(watch("A").back().event_id, 2u);
  EXPECT_EQ(events(), "+0 ");
}

TEST_F(DetectEvents, EndWhenTheModelChanges) {
  const TemporaryFolder folder;
  std::filesystem::copy_file(small_model(), folder / "second.mvga");
  watch("A");
  ASSERT_TRUE(detect.change_model(folder / "second.mvga"));
  watch("A");
  const auto messages = detect.messages("mvga-event");
  ASSERT_EQ(messages.size(), 3u) << "scores of two models do not make one event";
  EXPECT_EQ(text(*messages[1], "event"), "end");
  EXPECT_EQ(text(*messages[1], "model-id"), small_model().stem());
  EXPECT_EQ(text(*messages[2], "event"), "start");
  EXPECT_EQ(text(*messages[2], "model-id"), "second");
}

// ---- which messages

TEST_F(DetectEvents, AreSilentWhenAsked) {
  detect.set("messages", 0);
  EXPECT_EQ(watch("nAAn")[2].event_id, 1u) << "the metadata go on";
  EXPECT_EQ(events(), "");
}

TEST_F(DetectEvents, ComeWithoutResultsByDefault) {
  watch("nA");
  EXPECT_TRUE(detect.messages("mvga-result").empty());
}

TEST_F(DetectEvents, ComeWithAResultForEveryFrameOnRequest) {
  detect.set("messages", 2, "inference-interval", 2);
  const auto metas = watch("nnAA");
  const auto results = detect.messages("mvga-result");
  ASSERT_EQ(results.size(), 4u);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const AnomalyMeta said = anomaly_fields(results[i].get());
    EXPECT_EQ(number(*results[i], "pts"), i * kFrameTime);
    EXPECT_EQ(number(*results[i], "running-time"), i * kFrameTime);
    EXPECT_EQ(number(*results[i], "stream-time"), i * kFrameTime);
    EXPECT_EQ(said.status, i % 2 ? "held" : "fresh");
    EXPECT_EQ(said.score, metas[i].score);
    EXPECT_EQ(said.age, metas[i].age);
    EXPECT_EQ(said.event_id, i < 2 ? 0u : 1u);
  }
}

TEST_F(DetectEvents, AndResultsComeInTheOrderOfTheFrames) {
  detect.set("messages", 2);
  GstBus* bus = gst_element_get_bus(detect.element());
  watch("nAn");
  std::string order;
  while (GstMessage* message = gst_bus_pop_filtered(bus, GST_MESSAGE_ELEMENT)) {
    order += gst_structure_has_name(gst_message_get_structure(message), "mvga-event") ? "e" : "r";
    gst_message_unref(message);
  }
  gst_object_unref(bus);
  EXPECT_EQ(order, "rerer");
}

}  // namespace
}  // namespace mvga::testing
