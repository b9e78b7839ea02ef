// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Locks that the streaming thread takes for a frame: what a frame has to know is asked for once.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "tests/gst/harness/count_locks.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/video_frames.h"

namespace mvga::testing {
namespace {

constexpr unsigned kFrames = 20;

class DetectLocks : public ::testing::Test {
 protected:
  /// What all of so many frames took; one that changes the latency which is told takes more.
  unsigned of_each_frame() {
    unsigned least = std::numeric_limits<unsigned>::max();
    for (unsigned i = 0; i < kFrames; ++i) {
      start_counting_locks();
      const Buffer out = detect.watch(normal_frame(info, i));
      least = std::min(least, stop_counting_locks());
    }
    return least;
  }

  GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  Detect detect;
};

// Run, settings, model, late frames, heat map pad, latency; a reader borrowed and given back; and
// the figures of inference and frame.
constexpr unsigned kOfAnInferredFrame = 10;
// Run, settings, model, heat map pad, latency, the figures of the frame.
constexpr unsigned kOfAHeldFrame = 6;

TEST_F(DetectLocks, AreFewForAFrameThatIsInferred) {
  detect.start(info);
  const unsigned taken = of_each_frame();
  EXPECT_LE(taken, kOfAnInferredFrame);
  EXPECT_GE(taken, 5u) << "they are not counted";
}

TEST_F(DetectLocks, AreFewerForAFrameThatIsHeld) {
  detect.set("inference-interval", 1000u);
  detect.start(info);
  const unsigned taken = of_each_frame();
  EXPECT_LE(taken, kOfAHeldFrame);
  EXPECT_GE(taken, 3u) << "they are not counted";
}

}  // namespace
}  // namespace mvga::testing
