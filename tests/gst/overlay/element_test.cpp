// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgaoverlay draws from metadata what mvgadetect draws itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/gst/harness/overlay_harness.h"
#include "tests/gst/harness/video_frames.h"

namespace mvga::testing {
namespace {

GstVideoInfo small_i420() {
  return video_info(GST_VIDEO_FORMAT_I420, 96, 64);
}

/// A detector that draws itself.
struct Draw : Detect {
  explicit Draw(const char* style) {
    set("overlay", 1);
    set_text(*this, "overlay-style", style);
  }
};

// ---- the same picture

class OverlayFormats : public ::testing::TestWithParam<GstVideoFormat> {};

TEST_P(OverlayFormats, AreDrawnOnAsMvgadetectDoes) {
  const GstVideoInfo info = video_info(GetParam(), 320, 181);
  Draw draw(kEverything);
  Describe describe;
  Overlay overlay;
  draw.start(info);
  describe.start(info);
  overlay.start(info);
  for (const int padding : {0, 3}) {
    const Bytes bare = bytes_of(anomalous_frame(info, 1, {padding}).get());
    const Bytes wanted = bytes_of(draw.watch(anomalous_frame(info, 1, {padding})).get());
    const Buffer drawn = overlay.draw(describe.watch(anomalous_frame(info, 1, {padding})));
    EXPECT_NE(bytes_of(drawn.get()), bare) << "nothing was drawn";
    EXPECT_EQ(bytes_of(drawn.get()), wanted) << "with a padding of " << padding;
  }
}

INSTANTIATE_TEST_SUITE_P(Some, OverlayFormats,
                         ::testing::Values(GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_BGRx,
                                           GST_VIDEO_FORMAT_ARGB, GST_VIDEO_FORMAT_GRAY8,
                                           GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_I420,
                                           GST_VIDEO_FORMAT_UYVY, GST_VIDEO_FORMAT_Y444,
                                           GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_GRAY16_BE),
                         [](const auto& info) {
                           return std::string(gst_video_format_to_string(info.param));
                         });

TEST(Overlay, HasMvgadetectsStylesAndColours) {
  for (const char* style : {"heatmap", "contour", "box", "label", "heatmap+contour+label"}) {
    Draw draw(style);
    Describe describe;
    Overlay overlay;
    set_text(overlay, "overlay-style", style);
    const auto dress = [](ElementHarness& harness) {
      set_text(harness, "colormap", "viridis");
      harness.set("alpha", 0.8);
    };
    dress(draw);
    dress(overlay);
    const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 320, 180);
    draw.start(info);
    describe.start(info);
    overlay.start(info);
    EXPECT_EQ(bytes_of(overlay.draw(describe.watch(anomalous_frame(info, 1))).get()),
              bytes_of(draw.watch(anomalous_frame(info, 1)).get()))
        << style;
  }
}

TEST(Overlay, SaysThatAResultIsHeldAsMvgadetectDoes) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 320, 180);
  Draw draw(kEverything);
  Describe describe;
  Overlay overlay;
  draw.set("inference-interval", 3);
  describe.set("inference-interval", 3);
  draw.start(info);
  describe.start(info);
  overlay.start(info);
  for (unsigned i = 0; i < 5; ++i)
    EXPECT_EQ(bytes_of(overlay.draw(describe.watch(anomalous_frame(info, i))).get()),
              bytes_of(draw.watch(anomalous_frame(info, i)).get()))
        << "frame " << i;
}

TEST(Overlay, LeavesMetadataAndTimesAsTheyAre) {
  Describe describe;
  Overlay overlay;
  describe.start(small_i420());
  overlay.start(small_i420());
  const Buffer out = overlay.draw(describe.watch(anomalous_frame(describe.info, 3)));
  EXPECT_EQ(GST_BUFFER_PTS(out.get()), 3 * kFrameTime);
  EXPECT_TRUE(anomaly_meta(out.get()));
  EXPECT_NE(places(out.get()), nullptr);
  EXPECT_FALSE(anomaly_regions(out.get()).empty());
}

// ---- another size

struct Extent {
  double left = 1;  ///< all in fractions of the frame
  double top = 1;
  double right = 0;
  double bottom = 0;
};

/// Where two pictures of the format GRAY8 differ.
Extent difference(const GstVideoInfo& info, const Bytes& a, const Bytes& b) {
  Extent e;
  for (int y = 0; y < info.height; ++y) {
    for (int x = 0; x < info.width; ++x) {
      const auto at = static_cast<std::size_t>(y * info.stride[0] + x);
      if (a[at] == b[at]) continue;
      e.left = std::min(e.left, 1.0 * x / info.width);
      e.right = std::max(e.right, (x + 1.0) / info.width);
      e.top = std::min(e.top, 1.0 * y / info.height);
      e.bottom = std::max(e.bottom, (y + 1.0) / info.height);
    }
  }
  return e;
}

TEST(Overlay, DrawsAtTheRightPlaceAfterScaling) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_GRAY8, 160, 120);
  const GstVideoInfo large = video_info(GST_VIDEO_FORMAT_GRAY8, 640, 480);
  Describe describe;
  describe.start(info);
  const Buffer described = describe.watch(anomalous_frame(info, 1));
  ElementHarness scale("videoscale");
  ASSERT_TRUE(scale.play());
  gst_harness_set_sink_caps(scale.get(), gst_video_info_to_caps(&large));
  scale.set_caps(info);
  ASSERT_EQ(scale.push(Buffer(gst_buffer_copy(described.get()))), GST_FLOW_OK);
  Buffer scaled = scale.pull();
  ASSERT_NE(scaled, nullptr);

  for (const char* style : {"heatmap", "box"}) {
    Overlay small;
    Overlay overlay;
    set_text(small, "overlay-style", style);
    set_text(overlay, "overlay-style", style);
    small.start(info);
    overlay.start(large);
    const Buffer near_source = small.draw(Buffer(gst_buffer_copy_deep(described.get())));
    const Buffer far = overlay.draw(Buffer(gst_buffer_copy_deep(scaled.get())));
    const Extent wanted = difference(info, bytes_of(described.get()), bytes_of(near_source.get()));
    const Extent found = difference(large, bytes_of(scaled.get()), bytes_of(far.get()));
    ASSERT_LT(wanted.left, wanted.right) << "nothing is drawn: " << style;
    // Lines are a few pixels wide whatever the size of the frame.
    EXPECT_NEAR(found.left, wanted.left, 0.03) << style;
    EXPECT_NEAR(found.right, wanted.right, 0.03) << style;
    EXPECT_NEAR(found.top, wanted.top, 0.03) << style;
    EXPECT_NEAR(found.bottom, wanted.bottom, 0.03) << style;
  }
}

TEST(Overlay, FollowsTheFramesThroughAChangeOfSize) {
  Overlay overlay;
  for (const int height : {120, 240, 60}) {
    const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 2 * height, height);
    Draw draw(kEverything);
    Describe describe;
    draw.start(info);
    describe.start(info);
    if (height == 120)
      overlay.start(info);
    else
      overlay.set_caps(info);
    EXPECT_EQ(bytes_of(overlay.draw(describe.watch(anomalous_frame(info, 1))).get()),
              bytes_of(draw.watch(anomalous_frame(info, 1)).get()))
        << height;
  }
}

// ---- what is not drawn

TEST(Overlay, PassesFramesWithoutMetadataAsTheyAre) {
  Overlay overlay;
  overlay.start(small_i420());
  Buffer frame = anomalous_frame(small_i420(), 1);
  const GstMemory* memory = gst_buffer_peek_memory(frame.get(), 0);
  const Bytes before = bytes_of(frame.get());
  const Buffer out = overlay.draw(std::move(frame));
  EXPECT_EQ(bytes_of(out.get()), before);
  EXPECT_EQ(gst_buffer_peek_memory(out.get(), 0), memory) << "the picture was copied";
}

TEST(Overlay, LeavesTheOtherBranchOfATeeClean) {
  Describe describe;
  Overlay overlay;
  describe.start(small_i420());
  overlay.start(small_i420());
  const Buffer clean = describe.watch(anomalous_frame(describe.info, 1));
  const Bytes before = bytes_of(clean.get());
  const Buffer drawn = overlay.draw(Buffer(gst_buffer_ref(clean.get())));
  EXPECT_EQ(bytes_of(clean.get()), before);
  EXPECT_NE(bytes_of(drawn.get()), before);
}

TEST(Overlay, DoesNotDrawFramesWithoutAResult) {
  Describe describe;
  Overlay overlay;
  describe.start(small_i420());
  overlay.start(small_i420());
  Buffer gap = anomalous_frame(describe.info, 1);
  GST_BUFFER_FLAG_SET(gap.get(), GST_BUFFER_FLAG_GAP);
  const Bytes before = bytes_of(gap.get());
  EXPECT_EQ(bytes_of(overlay.draw(describe.watch(std::move(gap))).get()), before)
      << "status skipped";
}

TEST(Overlay, DoesNotDrawAHeldResultThatIsTooOld) {
  const GstVideoInfo info = small_i420();
  Describe describe;
  Overlay overlay;
  describe.set("inference-interval", 100);
  overlay.set("expire", kFrameTime + 1);
  describe.start(info);
  overlay.start(info);
  const auto is_drawn = [&](unsigned frame) {
    const Bytes before = bytes_of(anomalous_frame(info, frame).get());
    return bytes_of(overlay.draw(describe.watch(anomalous_frame(info, frame))).get()) != before;
  };
  EXPECT_TRUE(is_drawn(1)) << "fresh";
  EXPECT_TRUE(is_drawn(2)) << "held, but not too old";
  EXPECT_FALSE(is_drawn(3));
  overlay.set("expire", guint64{0});
  EXPECT_TRUE(is_drawn(90)) << "0: never too old";
}

TEST(Overlay, DrawsWhatThereIsAndTellsOnceThatTheMapIsMissing) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 320, 180);
  Draw draw("box+label");
  Describe describe("score+regions");
  Overlay overlay;
  draw.start(info);
  describe.start(info);
  overlay.start(info);
  for (unsigned i = 0; i < 3; ++i)
    EXPECT_EQ(bytes_of(overlay.draw(describe.watch(anomalous_frame(info, i))).get()),
              bytes_of(draw.watch(anomalous_frame(info, i)).get()));
  const std::vector<std::string> infos = overlay.infos();
  ASSERT_EQ(infos.size(), 1u);
  EXPECT_NE(infos.front().find("attach=score+regions+map"), std::string::npos);
}

TEST(Overlay, DoesNotMissAMapThatItIsNotToDraw) {
  const GstVideoInfo info = small_i420();
  Describe describe("score+regions");
  Overlay overlay;
  set_text(overlay, "overlay-style", "box+label");
  describe.start(info);
  overlay.start(info);
  overlay.draw(describe.watch(anomalous_frame(info, 1)));
  EXPECT_TRUE(overlay.infos().empty());
}

}  // namespace
}  // namespace mvga::testing
