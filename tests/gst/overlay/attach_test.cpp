// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Drawing beside the picture, for sinks that show compositions.
#include <gtest/gtest.h>

#include "tests/gst/harness/overlay_harness.h"

namespace mvga::testing {
namespace {

const GstVideoInfo& video() {
  static const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 320, 180);
  return info;
}

Buffer scene(unsigned number) {
  return anomalous_frame(video(), number);
}

bool is_bare(GstBuffer* buffer, unsigned number) {
  return bytes_of(buffer) == bytes_of(scene(number).get());
}

bool caps_have_feature(ElementHarness& harness) {
  GstCaps* caps = gst_pad_get_current_caps(harness.get()->sinkpad);
  const bool has = gst_caps_features_contains(gst_caps_get_features(caps, 0),
                                              GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION);
  gst_caps_unref(caps);
  return has;
}

/// Both elements draw beside the picture in the same way.
class Attach : public ::testing::TestWithParam<bool> {
 protected:
  Attach() {
    set_text(overlay, "mode", "attach");
    set_text(detect, "overlay", "attach");
    set_text(detect, "overlay-style", kEverything);
  }

  ElementHarness& element() { return GetParam() ? detect : static_cast<ElementHarness&>(overlay); }

  void play() {
    ASSERT_TRUE(element().play());
    describe.start(video());
  }

  Buffer drawn(unsigned number) {
    return GetParam() ? detect.watch(scene(number)) : overlay.draw(describe.watch(scene(number)));
  }

  Describe describe;
  Overlay overlay;
  Detect detect;
};

INSTANTIATE_TEST_SUITE_P(By, Attach, ::testing::Bool(), [](const auto& info) {
  return info.param ? "mvgadetect" : "mvgaoverlay";
});

TEST_P(Attach, LeavesThePictureAndAddsAComposition) {
  play();
  take_compositions(element());
  element().set_caps(video());
  const Buffer out = drawn(1);
  EXPECT_TRUE(is_bare(out.get(), 1));
  EXPECT_TRUE(caps_have_feature(element()));
  GstVideoOverlayComposition* composition = composition_of(out.get());
  ASSERT_NE(composition, nullptr);

  Overlay blend;
  blend.start(video());
  Buffer blended = scene(1);
  GstVideoFrame frame;
  ASSERT_TRUE(gst_video_frame_map(&frame, &video(), blended.get(), GST_MAP_READWRITE));
  gst_video_overlay_composition_blend(composition, &frame);
  gst_video_frame_unmap(&frame);
  const Bytes wanted = bytes_of(blend.draw(describe.watch(scene(1))).get());
  const Bytes found = bytes_of(blended.get());
  for (std::size_t i = 0; i < wanted.size(); ++i)
    ASSERT_NEAR(found[i], wanted[i], 2) << "byte " << i << ": the composition is another drawing";
}

TEST_P(Attach, BlendsWhereDownstreamShowsNoCompositions) {
  play();
  element().set_caps(video());
  const Buffer out = drawn(1);
  EXPECT_EQ(composition_of(out.get()), nullptr);
  Overlay blend;
  blend.start(video());
  EXPECT_EQ(bytes_of(out.get()), bytes_of(blend.draw(describe.watch(scene(1))).get()));
}

TEST_P(Attach, BlendsWhereTheCapsAreWithoutCompositions) {
  play();
  take_compositions(element());
  gst_harness_set_sink_caps_str(element().get(), "video/x-raw");
  element().set_caps(video());
  const Buffer out = drawn(1);
  EXPECT_FALSE(caps_have_feature(element()));
  EXPECT_EQ(composition_of(out.get()), nullptr);
  EXPECT_FALSE(is_bare(out.get(), 1));
}

TEST_P(Attach, AsksAgainWhenDownstreamHasChanged) {
  play();
  element().set_caps(video());
  EXPECT_EQ(composition_of(drawn(1).get()), nullptr);
  take_compositions(element());
  EXPECT_EQ(composition_of(drawn(2).get()), nullptr) << "asked for every frame";
  gst_harness_push_upstream_event(element().get(), gst_event_new_reconfigure());
  EXPECT_NE(composition_of(drawn(3).get()), nullptr);
}

TEST_P(Attach, CanBeSwitchedWhilePlaying) {
  const char* property = GetParam() ? "overlay" : "mode";
  play();
  take_compositions(element());
  element().set_caps(video());
  EXPECT_NE(composition_of(drawn(1).get()), nullptr);
  set_text(element(), property, "blend");
  const Buffer blended = drawn(2);
  EXPECT_EQ(composition_of(blended.get()), nullptr);
  EXPECT_FALSE(is_bare(blended.get(), 2));
  EXPECT_FALSE(caps_have_feature(element()));
  set_text(element(), property, "attach");
  const Buffer attached = drawn(3);
  EXPECT_NE(composition_of(attached.get()), nullptr);
  EXPECT_TRUE(is_bare(attached.get(), 3));
}

TEST(AttachByMvgadetect, KeepsTheHeldResultWhenItIsSwitched) {
  Detect detect;
  detect.set("inference-interval", 100);
  detect.start(video());
  EXPECT_EQ(detect.look_at(scene(1)).status, "fresh");
  set_text(detect, "overlay", "attach");
  EXPECT_EQ(detect.look_at(scene(2)).status, "held") << "the video is the same";
}

TEST(AttachByMvgaoverlay, AddsToTheCompositionThatIsThere) {
  Describe describe;
  Overlay overlay;
  set_text(overlay, "mode", "attach");
  describe.start(video());
  ASSERT_TRUE(overlay.play());
  take_compositions(overlay);
  overlay.set_caps(video());
  const Buffer alone = overlay.draw(describe.watch(scene(1)));
  const guint own = gst_video_overlay_composition_n_rectangles(composition_of(alone.get()));

  // Its own drawing, once more.
  Buffer frame = describe.watch(scene(2));
  gst_buffer_add_video_overlay_composition_meta(frame.get(), composition_of(alone.get()));
  const Buffer both = overlay.draw(std::move(frame));
  EXPECT_EQ(gst_video_overlay_composition_n_rectangles(composition_of(both.get())), 2 * own);
  EXPECT_EQ(gst_buffer_get_n_meta(both.get(), GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE), 1u)
      << "a sink shows the first only";
}

}  // namespace
}  // namespace mvga::testing
