// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Metadata that is not as mvgadetect writes it: a meta that cannot be read is one that is not
// there.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/gst/overlay_harness.h"

namespace mvga::testing {
namespace {

constexpr const char* kAnomaly = "MvgaAnomalyMeta";
constexpr const char* kPlaces = "MvgaPlacesMeta";

using Change = std::function<void(GstStructure*)>;

Change without(const char* field) {
  return [=](GstStructure* s) { gst_structure_remove_field(s, field); };
}

template <typename Value>
Change with(const char* field, GType type, Value value) {
  return [=](GstStructure* s) { gst_structure_set(s, field, type, value, nullptr); };
}

/// The change made to a structure within, such as "map".
Change within(const char* field, const Change& change) {
  return [=](GstStructure* s) {
    GstStructure* part = nullptr;
    ASSERT_TRUE(gst_structure_get(s, field, GST_TYPE_STRUCTURE, &part, nullptr));
    change(part);
    gst_structure_set(s, field, GST_TYPE_STRUCTURE, part, nullptr);
    gst_structure_free(part);
  };
}

class OverlayMetas : public ::testing::Test {
 protected:
  void SetUp() override {
    describe.start(video_info(GST_VIDEO_FORMAT_RGB, 320, 180));
    described = describe.watch(anomalous_frame(describe.info, 1));
  }

  /// What mvgaoverlay makes of the frame when one of its metas was changed.
  Bytes drawn_with(const char* meta, const Change& change, const char* style = kEverything) {
    Buffer frame(gst_buffer_copy_deep(described.get()));
    change(gst_custom_meta_get_structure(gst_buffer_get_custom_meta(frame.get(), meta)));
    Overlay overlay;
    set_text(overlay, "overlay-style", style);
    overlay.start(describe.info);
    return bytes_of(overlay.draw(std::move(frame)).get());
  }

  Describe describe;
  Buffer described;
};

TEST_F(OverlayMetas, ThatSayNothingOfTheFrameLeaveItAsItIs) {
  const std::vector<std::pair<const char*, Change>> changes = {
      {"nothing in it", gst_structure_remove_all_fields},
      {"another schema", with("schema", G_TYPE_INT, 3)},
      {"a schema that is a text", with("schema", G_TYPE_STRING, "2")},
      {"no status", without("status")},
      {"a status that is a number", with("status", G_TYPE_INT, 1)},
      {"an unknown status", with("status", G_TYPE_STRING, "guessed")},
      {"no model", without("model-id")},
      {"no event", without("event-id")},
      {"no score", without("score")},
      {"a score that is a text", with("score", G_TYPE_STRING, "12")},
      {"no threshold", without("threshold")},
      {"no p-value", without("p-value")},
      {"no verdict", without("anomalous")},
      {"no age", without("age")},
      {"a negative age", with("age", G_TYPE_INT64, gint64{-1})},
  };
  for (const auto& [what, change] : changes)
    EXPECT_EQ(drawn_with(kAnomaly, change), bytes_of(described.get())) << what;
}

TEST_F(OverlayMetas, ThatSayNothingOfPlacesLeaveTheLabel) {
  const std::vector<std::pair<const char*, Change>> changes = {
      {"nothing in it", gst_structure_remove_all_fields},
      {"no roi", without("roi")},
      {"a roi that is a number", with("roi", G_TYPE_DOUBLE, 0.5)},
      {"a roi without height", within("roi", without("height"))},
      {"no number of regions", without("n-regions")},
      {"more regions than there are", with("n-regions", G_TYPE_UINT, G_MAXUINT)},
      {"regions that are a text", with("regions", G_TYPE_STRING, "region-0")},
      {"a region without peak", within("regions", within("region-0", without("peak")))},
      {"a peak beyond a float",
       within("regions", within("region-0", with("peak", G_TYPE_DOUBLE, 1e300)))},
      {"a map that is a text", with("map", G_TYPE_STRING, "hot")},
      {"a map without values", within("map", without("values"))},
      {"a map with other values", within("map", with("values", G_TYPE_STRING, "1 2 3"))},
      {"a map with no bytes", within("map", with("values", G_TYPE_BYTES, nullptr))},
      {"a map of no width", within("map", with("width", G_TYPE_INT, 0))},
      {"a map of negative height", within("map", with("height", G_TYPE_INT, -4))},
      {"a map that is said to be huge", within("map", with("height", G_TYPE_INT, G_MAXINT))},
      {"a map that is said to be smaller", within("map", with("width", G_TYPE_INT, 1))},
      {"a map without scale", within("map", without("threshold"))},
      {"a map with a scale that is no number",
       within("map", with("normal", G_TYPE_DOUBLE, G_MAXDOUBLE))},
  };
  const Bytes label = drawn_with(
      kPlaces, [](GstStructure*) {}, "label");
  ASSERT_NE(label, bytes_of(described.get()));
  for (const auto& [what, change] : changes) EXPECT_EQ(drawn_with(kPlaces, change), label) << what;
}

TEST_F(OverlayMetas, MayHaveNumbersBeyondTheFrame) {
  for (const double wild : {-1e300, -3.0, 7.0, 1e300}) {
    for (const char* field : {"x", "y", "width", "height"}) {
      const Change change = with(field, G_TYPE_DOUBLE, wild);
      EXPECT_NO_THROW(drawn_with(kPlaces, within("roi", change))) << field << " " << wild;
      EXPECT_NO_THROW(drawn_with(kPlaces, within("regions", within("region-0", change))))
          << field << " " << wild;
    }
  }
}

TEST_F(OverlayMetas, CanBeForeign) {
  Buffer frame = anomalous_frame(describe.info, 1);
  const Bytes before = bytes_of(frame.get());
  gst_buffer_add_custom_meta(frame.get(), kAnomaly);
  gst_buffer_add_custom_meta(frame.get(), kPlaces);
  Overlay overlay;
  overlay.start(describe.info);
  EXPECT_EQ(bytes_of(overlay.draw(std::move(frame)).get()), before);
  EXPECT_FALSE(overlay.error());
}

}  // namespace
}  // namespace mvga::testing
