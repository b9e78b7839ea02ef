// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a frame costs in memory once the stream is under way: its picture is not copied, and nothing
// of that size is allocated. LibTorch's memory is apart (tests/models/sharing/sharing_test.cpp).
#include <gtest/gtest.h>

#include <vector>

#include "tests/gst/harness/count_allocations.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/gst/harness/video_frames.h"

namespace mvga::testing {
namespace {

constexpr unsigned kWarm = 5;
constexpr unsigned kFrames = 20;

class DetectMemory : public ::testing::Test {
 protected:
  /// Of each of so many frames, on the streaming thread.
  std::vector<Allocations> watch(unsigned frames, bool anomalous) {
    std::vector<Allocations> all;
    for (unsigned i = 0; i < frames; ++i) {
      Buffer frame = anomalous ? anomalous_frame(info, i) : normal_frame(info, i);
      take_allocations();
      const Buffer out = detect.watch(std::move(frame));
      all.push_back(take_allocations());
    }
    return all;
  }

  GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 1920, 1080);
  Detect detect;
};

TEST_F(DetectMemory, AFrameTakesNothingTheSizeOfAPicture) {
  detect.start(info);
  watch(kWarm, true);
  for (const Allocations& frame : watch(kFrames, true)) {
    EXPECT_EQ(frame.large, 0U);
    EXPECT_LT(frame.bytes, 128U << 10) << "more than the map, its parts, a row of places, metadata";
  }
}

// What is marked is painted on a canvas of its own size.
TEST_F(DetectMemory, ALabelTakesNothingTheSizeOfAPicture) {
  gst_util_set_object_arg(G_OBJECT(detect.element()), "overlay", "blend");
  gst_util_set_object_arg(G_OBJECT(detect.element()), "overlay-style", "label");
  detect.start(info);
  watch(kWarm, false);
  for (const Allocations& frame : watch(kFrames, false)) EXPECT_EQ(frame.large, 0U);
}

// decoupled: what is inferred and what goes on share the picture, as long as nothing is drawn.
TEST_F(DetectMemory, WhatGoesOnIsTheFrameThatCame) {
  for (const char* mode : {"sync", "decoupled"}) {
    gst_util_set_object_arg(G_OBJECT(detect.element()), "inference-mode", mode);
    detect.start(info);
    for (unsigned i = 0; i < kFrames; ++i) {
      Buffer frame = normal_frame(info, i);
      const GstMemory* memory = gst_buffer_peek_memory(frame.get(), 0);
      const Buffer out = detect.watch(std::move(frame));
      EXPECT_EQ(gst_buffer_peek_memory(out.get(), 0), memory) << mode << ": it was copied";
    }
    detect.stop();
  }
}

}  // namespace
}  // namespace mvga::testing
