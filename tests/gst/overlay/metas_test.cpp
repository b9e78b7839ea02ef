// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Metadata that is not as mvgadetect writes it: a meta that cannot be read is one that is not
// there.
#include <gtest/gtest.h>

#include <utility>

#include "tests/gst/harness/meta_changes.h"
#include "tests/gst/harness/overlay_harness.h"

namespace mvga::testing {
namespace {

class OverlayMetas : public ::testing::Test {
 protected:
  OverlayMetas() : describe("score+regions+map+mask") {}
  void SetUp() override {
    describe.start(video_info(GST_VIDEO_FORMAT_RGB, 320, 180));
    described = describe.watch(anomalous_frame(describe.info, 1));
  }

  /// What mvgaoverlay makes of the frame when one of its metas was changed.
  Bytes drawn_with(const char* meta, const Change& change, const char* style = kEverything) {
    Buffer frame(gst_buffer_copy_deep(described.get()));
    change_meta(frame.get(), meta, change);
    Overlay overlay;
    set_text(overlay, "overlay-style", style);
    overlay.start(describe.info);
    return bytes_of(overlay.draw(std::move(frame)).get());
  }

  Describe describe;
  Buffer described;
};

TEST_F(OverlayMetas, ThatSayNothingOfTheFrameLeaveItAsItIs) {
  for (const auto& [what, change] : unreadable_results())
    EXPECT_EQ(drawn_with(kAnomalyMeta, change), bytes_of(described.get())) << what;
}

TEST_F(OverlayMetas, ThatSayNothingOfPlacesLeaveTheLabel) {
  const Bytes label = drawn_with(
      kPlacesMeta, [](GstStructure*) {}, "label");
  ASSERT_NE(label, bytes_of(described.get()));
  for (const auto& [what, change] : unreadable_places())
    EXPECT_EQ(drawn_with(kPlacesMeta, change), label) << what;
}

TEST_F(OverlayMetas, MayHaveNumbersBeyondTheFrame) {
  for (const double wild : {-1e300, -3.0, 7.0, 1e300}) {
    for (const char* field : {"x", "y", "width", "height"}) {
      const Change change = with(field, G_TYPE_DOUBLE, wild);
      EXPECT_NO_THROW(drawn_with(kPlacesMeta, within("roi", change))) << field << " " << wild;
      EXPECT_NO_THROW(drawn_with(kPlacesMeta, within("regions", within("region-0", change))))
          << field << " " << wild;
    }
  }
}

TEST_F(OverlayMetas, CanBeForeign) {
  Buffer frame = anomalous_frame(describe.info, 1);
  const Bytes before = bytes_of(frame.get());
  gst_buffer_add_custom_meta(frame.get(), kAnomalyMeta);
  gst_buffer_add_custom_meta(frame.get(), kPlacesMeta);
  Overlay overlay;
  overlay.start(describe.info);
  EXPECT_EQ(bytes_of(overlay.draw(std::move(frame)).get()), before);
  EXPECT_FALSE(overlay.error());
}

}  // namespace
}  // namespace mvga::testing
