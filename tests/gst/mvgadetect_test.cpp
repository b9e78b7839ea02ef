// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgadetect, frame by frame.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/gst/element_harness.h"
#include "tests/gst/small_model.h"

namespace mvga::testing {
namespace {

double score_of(GstBuffer* buffer) {
  GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, "MvgaAnomalyMeta");
  double score = NAN;
  if (meta != nullptr)
    gst_structure_get_double(gst_custom_meta_get_structure(meta), "score", &score);
  return score;
}

TEST(Detect, ScoresAnAnomalousFrameAboveANormalOne) {
  ElementHarness detect("mvgadetect");
  detect.set("model", small_model().c_str(), "weights", small_weights().c_str());
  ASSERT_TRUE(detect.play()) << detect.error().value_or(Complaint{}).text;
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  detect.set_caps(info);
  ASSERT_EQ(detect.push(normal_frame(info, 1000)), GST_FLOW_OK);
  ASSERT_EQ(detect.push(anomalous_frame(info, 1001)), GST_FLOW_OK);
  const double normal = score_of(detect.pull().get());
  const double anomalous = score_of(detect.pull().get());
  EXPECT_GT(anomalous, normal + 5) << "a bright block did not stand out";
}

}  // namespace
}  // namespace mvga::testing
