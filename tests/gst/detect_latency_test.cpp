// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect answers to the LATENCY query, and when it says that this has changed.
#include <gtest/gtest.h>

#include "tests/gst/detect_harness.h"

namespace mvga::testing {
namespace {

constexpr GstClockTime kUpstream = 7 * GST_MSECOND;

class DetectLatency : public ::testing::Test {
 protected:
  void start() {
    detect.start(info);
    gst_harness_set_upstream_latency(detect.get(), kUpstream);
  }
  GstClockTime latency() { return gst_harness_query_latency(detect.get()); }

  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  Detect detect;
};

TEST_F(DetectLatency, IsThatOfUpstreamBeforeTheFirstFrame) {
  start();
  EXPECT_EQ(latency(), kUpstream);
}

TEST_F(DetectLatency, CoversWhatAFrameTakes) {
  start();
  for (unsigned i = 0; i < 5; ++i) {
    const GstClockTime took = detect.look_at(normal_frame(info, i)).inference_time;
    EXPECT_GE(latency(), kUpstream + took);
  }
}

TEST_F(DetectLatency, IsAnnouncedWheneverItHasGrown) {
  start();
  while (detect.announced_latency()) {
  }
  GstClockTime before = latency();
  for (unsigned i = 0; i < 20; ++i) {
    detect.watch(normal_frame(info, i));
    const GstClockTime after = latency();
    EXPECT_GE(after, before) << "a pipeline that waits less than before drops frames";
    EXPECT_EQ(detect.announced_latency(), after > before);
    before = after;
  }
}

TEST_F(DetectLatency, BeginsAnewWithEachRun) {
  start();
  detect.watch(normal_frame(info, 0));
  detect.stop();
  start();
  EXPECT_EQ(latency(), kUpstream);
}

}  // namespace
}  // namespace mvga::testing
