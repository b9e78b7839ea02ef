// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames that are late pass without being inferred, and somebody is told.
#include <gtest/gtest.h>

#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/video_frames.h"

namespace mvga::testing {
namespace {

class DetectQos : public ::testing::Test {
 protected:
  void SetUp() override { detect.start(info); }

  // The sink says that the frame of this running time came so much too late.
  void complain(GstClockTime running_time, GstClockTimeDiff jitter) {
    gst_harness_push_upstream_event(
        detect.get(), gst_event_new_qos(GST_QOS_TYPE_UNDERFLOW, 2, jitter, running_time));
  }
  std::string status(unsigned i) { return detect.look_at(normal_frame(info, i)).status; }

  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  Detect detect;
};

TEST_F(DetectQos, LateFramesPassWithTheLastResult) {
  EXPECT_EQ(status(0), "fresh");
  complain(0, 2 * kFrameTime);  // 4 frames have to be caught up
  EXPECT_EQ(status(1), "held");
  EXPECT_EQ(status(2), "held");
  EXPECT_EQ(status(3), "held");
  EXPECT_EQ(status(4), "fresh");
}

TEST_F(DetectQos, SaysSoOnTheBusAndInStats) {
  status(0);
  status(1);
  complain(kFrameTime, 2 * kFrameTime);
  status(2);
  status(3);
  const auto messages = detect.of_type(GST_MESSAGE_QOS);
  ASSERT_EQ(messages.size(), 2u);
  GstMessage* last = messages.back().get();
  GstFormat format = GST_FORMAT_UNDEFINED;
  guint64 processed = 0;
  guint64 skipped = 0;
  gst_message_parse_qos_stats(last, &format, &processed, &skipped);
  EXPECT_EQ(format, GST_FORMAT_BUFFERS);
  EXPECT_EQ(processed, 2u);
  EXPECT_EQ(skipped, 2u);
  guint64 running_time = 0;
  guint64 stream_time = 0;
  guint64 timestamp = 0;
  guint64 duration = 0;
  gst_message_parse_qos(last, nullptr, &running_time, &stream_time, &timestamp, &duration);
  EXPECT_EQ(timestamp, 3 * kFrameTime);
  EXPECT_EQ(duration, kFrameTime);
  gint64 jitter = 0;
  gdouble proportion = 0;
  gint quality = 0;
  gst_message_parse_qos_values(last, &jitter, &proportion, &quality);
  EXPECT_EQ(jitter, static_cast<gint64>(2 * kFrameTime));
  EXPECT_EQ(proportion, 2);

  GstStructure* stats = nullptr;
  g_object_get(detect.element(), "stats", &stats, nullptr);
  EXPECT_EQ(number(*stats, "late"), 2u);
  EXPECT_EQ(number(*stats, "held"), 2u);
  EXPECT_EQ(number(*stats, "inferred"), 2u);
  gst_structure_free(stats);
}

TEST_F(DetectQos, IsIgnoredWhenAsked) {
  gst_util_set_object_arg(G_OBJECT(detect.element()), "qos-policy", "ignore");
  status(0);
  complain(0, GST_SECOND);
  EXPECT_EQ(status(1), "fresh");
  EXPECT_TRUE(detect.of_type(GST_MESSAGE_QOS).empty());
}

TEST_F(DetectQos, LooksAtOneFrameOfEachSecondHoweverLate) {
  status(0);
  complain(0, 100 * GST_SECOND);
  unsigned fresh = 0;
  for (unsigned i = 1; i <= 75; ++i) fresh += status(i) == "fresh" ? 1 : 0;
  EXPECT_EQ(fresh, 3u);
}

TEST_F(DetectQos, IsForgottenWithAFlush) {
  status(0);
  complain(0, 100 * GST_SECOND);
  EXPECT_EQ(status(1), "held");
  detect.push_event(gst_event_new_flush_start());
  detect.push_event(gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  detect.push_event(gst_event_new_segment(&segment));
  EXPECT_EQ(status(2), "fresh");
}

TEST_F(DetectQos, NeverDropsAFrameOfASinkThatIsLate) {
  for (unsigned i = 0; i < 50; ++i) {
    ASSERT_NE(detect.watch(normal_frame(info, i)), nullptr);
    complain(i * kFrameTime, GST_SECOND);
  }
}

}  // namespace
}  // namespace mvga::testing
