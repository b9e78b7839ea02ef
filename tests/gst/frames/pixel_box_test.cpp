// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A box has the same pixels for the reader, in metadata and in what is drawn, however odd it is.
#include "gst/frames/pixel_box.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "gst/drawing/overlay_painter.h"
#include "gst/drawing/placed_map.h"
#include "gst/frames/frame_reader.h"
#include "gst/frames/mapped_frame.h"
#include "gst/meta/anomaly_meta.h"
#include "gst/meta/document.h"
#include "tests/gst/harness/video_frames.h"

namespace mvga::gst {

void PrintTo(const PixelRect& r, std::ostream* out) {
  *out << r.width << "x" << r.height << " at " << r.x << "," << r.y;
}

namespace {

using mvga::testing::Buffer;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

struct Case {
  const char* name;
  Box box;
  int width;
  int height;
  PixelRect pixels;
};

const Case kCases[] = {
    {"all", {0, 0, 1, 1}, 640, 360, {0, 0, 640, 360}},
    {"ordinary", {0.25, 0.5, 0.5, 0.25}, 640, 360, {160, 180, 320, 90}},
    {"rounded at both edges", {0.1, 0.1, 0.1, 0.1}, 33, 17, {3, 2, 4, 1}},
    {"half a pixel begins with the next", {0.5, 0.5, 0.5, 0.5}, 3, 3, {2, 2, 1, 1}},
    {"thin row", {0, 0.5, 1, 0.001}, 640, 360, {0, 180, 640, 1}},
    {"thin column", {0.5, 0, 0.0001, 1}, 640, 360, {320, 0, 1, 360}},
    {"thin at the start", {0, 0, 1e-9, 1e-9}, 640, 360, {0, 0, 1, 1}},
    {"thin at the end", {1 - 1e-9, 1 - 1e-9, 1e-9, 1e-9}, 640, 360, {639, 359, 1, 1}},
    {"behind the end by rounding", {1, 0, 1e-9, 1}, 640, 360, {639, 0, 1, 360}},
    {"over the end by rounding",
     {0.5, 0.5, 0.5 + 1e-9, 0.5 + 1e-9},
     640,
     360,
     {320, 180, 320, 180}},
    {"over both ends", {-0.5, -0.5, 2, 2}, 640, 360, {0, 0, 640, 360}},
    {"before the start", {-3, 0, 1, 1}, 640, 360, {0, 0, 1, 360}},
    {"without end", {0.5, 0, kInfinite, 1}, 640, 360, {320, 0, 320, 360}},
    {"one pixel", {0, 0, 1, 1}, 1, 1, {0, 0, 1, 1}},
    {"part of one pixel", {0.75, 0.75, 0.2, 0.2}, 1, 1, {0, 0, 1, 1}},
    {"largest width", {0, 0, 1, 1}, 16384, 1, {0, 0, 16384, 1}},
    {"largest height", {0, 0.5, 1, 0.5}, 1, 16384, {0, 8192, 1, 8192}},
    {"pixel of the largest", {0.5, 0, 1.0 / 16384, 1}, 16384, 2, {8192, 0, 1, 2}},
    {"less than a pixel of the largest", {0.99999, 0, 1e-7, 1}, 16384, 2, {16383, 0, 1, 2}},
    {"no width", {0.5, 0.5, 0, 0.5}, 640, 360, {}},
    {"no height", {0.5, 0.5, 0.5, 0}, 640, 360, {}},
    {"less than nothing", {0.9, 0.9, -1, 5}, 640, 360, {}},
    {"no number for a place", {kNan, 0, 1, 1}, 640, 360, {}},
    {"no number for a size", {0, 0, 1, kNan}, 640, 360, {}},
    {"from nowhere to nowhere", {-kInfinite, 0, kInfinite, 1}, 640, 360, {}},
};

class PixelBox : public ::testing::TestWithParam<Case> {
 protected:
  const Case& given() { return GetParam(); }
  PixelRect pixels() { return pixels_of(given().box, given().width, given().height); }
  GstVideoInfo video() {
    return mvga::testing::video_info(GST_VIDEO_FORMAT_GRAY8, given().width, given().height);
  }
};

/// 255 within the rectangle, 0 outside of it; or the other way round.
Buffer marked_frame(const GstVideoInfo& info, const PixelRect& rect, bool within) {
  Buffer buffer = mvga::testing::still_frame(info, 0);
  MappedFrame frame(info, buffer.get(), GST_MAP_WRITE);
  auto* data = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(frame.get(), 0));
  for (int y = 0; y < info.height; ++y) {
    for (int x = 0; x < info.width; ++x) {
      const bool inside = x >= rect.x && x < rect.right() && y >= rect.y && y < rect.bottom();
      data[y * GST_VIDEO_FRAME_PLANE_STRIDE(frame.get(), 0) + x] = inside == within ? 255 : 0;
    }
  }
  return buffer;
}

struct Brightness {
  int least = 255;
  int most = 0;
};

/// Of what a reader sees of a frame.
Brightness seen(const GstVideoInfo& info, const Box& box, GstBuffer* frame) {
  FrameReader reader;
  reader.configure(info, box, 64);
  const RgbView view = reader.read(frame);
  Brightness brightness;
  for (int y = 0; y < view.height; ++y) {
    for (int x = 0; x < 3 * view.width; ++x) {
      const int value = view.data[static_cast<std::ptrdiff_t>(y) * view.stride + x];
      brightness.least = std::min(brightness.least, value);
      brightness.most = std::max(brightness.most, value);
    }
  }
  return brightness;
}

Detection with_region(const Box& box) {
  Detection detection;
  detection.regions = {{box, 0.25, 4.0F}};
  return detection;
}

TEST_P(PixelBox, HasThesePixels) {
  EXPECT_EQ(pixels(), given().pixels);
}

TEST_P(PixelBox, IsAllThatTheReaderSees) {
  if (given().pixels.empty()) {
    EXPECT_THROW(FrameReader().configure(video(), given().box, 64), Error);
    return;
  }
  const Buffer bright = marked_frame(video(), given().pixels, true);
  EXPECT_GT(seen(video(), given().box, bright.get()).least, 250) << "sees what lies outside";
  const Buffer dark = marked_frame(video(), given().pixels, false);
  EXPECT_LT(seen(video(), given().box, dark.get()).most, 5) << "sees what lies outside";
}

TEST_P(PixelBox, ReachesAsFarForTheReader) {
  // Enlarged or as it is: then no pixel is passed over.
  const PixelRect all = given().pixels;
  if (all.empty() || all.width > 64 || all.height > 64) return;
  for (const PixelRect& corner :
       {PixelRect{all.x, all.y, 1, 1}, PixelRect{all.right() - 1, all.bottom() - 1, 1, 1}}) {
    const Buffer frame = marked_frame(video(), corner, true);
    EXPECT_GT(seen(video(), given().box, frame.get()).most, 128) << "a corner is not seen";
  }
}

TEST_P(PixelBox, IsThatOfTheRegionMeta) {
  const Buffer buffer(gst_buffer_new());
  attach_region_metas(buffer.get(), with_region(given().box), video(), 0);
  const auto* meta = gst_buffer_get_video_region_of_interest_meta_id(buffer.get(), 0);
  ASSERT_NE(meta, nullptr);
  EXPECT_EQ((PixelRect{static_cast<int>(meta->x), static_cast<int>(meta->y),
                       static_cast<int>(meta->w), static_cast<int>(meta->h)}),
            given().pixels);
}

TEST_P(PixelBox, IsThatOfTheDocument) {
  const Structure meta(gst_structure_new_empty(kAnomalyMetaName));
  const Structure places(gst_structure_new_empty(kPlacesMetaName));
  set_regions(places.get(), with_region(given().box).regions, MapScale());
  DocumentFacts facts;
  facts.width = given().width;
  facts.height = given().height;
  const Json object = frame_document(meta.get(), places.get(), facts, Json())["objects"][0];
  ASSERT_EQ(object.contains("x"), !given().pixels.empty()) << object;
  if (given().pixels.empty()) return;
  EXPECT_EQ((PixelRect{object["x"], object["y"], object["w"], object["h"]}), given().pixels);
}

TEST_P(PixelBox, IsWhereTheHeatMapLies) {
  Detection detection;
  detection.roi = given().box;
  detection.map_scale = {1, 2};
  detection.map = {2, 2, {3, 3, 3, 3}};
  EXPECT_EQ(overlay::PlacedMap(detection, given().width, given().height).area(), given().pixels);
  const auto drawn = overlay::OverlayPainter({.style = overlay::heatmap})
                         .paint(detection, "", given().width, given().height);
  EXPECT_EQ(drawn != nullptr, !given().pixels.empty()) << "what is hot is to be seen";
}

TEST_P(PixelBox, IsWhatABoxIsDrawnAround) {
  const auto drawn = overlay::OverlayPainter({.style = overlay::box})
                         .paint(with_region(given().box), "", given().width, given().height);
  ASSERT_EQ(drawn != nullptr, !given().pixels.empty()) << "the region has a box";
  if (!drawn) return;
  gint x = 0;
  gint y = 0;
  guint width = 0;
  guint height = 0;
  gst_video_overlay_rectangle_get_render_rectangle(
      gst_video_overlay_composition_get_rectangle(drawn.get(), 0), &x, &y, &width, &height);
  const PixelRect& wanted = given().pixels;
  EXPECT_LE(x, wanted.x);
  EXPECT_LE(y, wanted.y);
  EXPECT_GE(x + static_cast<int>(width), wanted.right());
  EXPECT_GE(y + static_cast<int>(height), wanted.bottom());
}

INSTANTIATE_TEST_SUITE_P(Of, PixelBox, ::testing::ValuesIn(kCases), [](const auto& given) {
  std::string name = given.param.name;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
});

TEST(WholeChromaSamples, BeginAndEndWithASample) {
  EXPECT_EQ(whole_chroma_samples({2, 4, 6, 8}), (PixelRect{2, 4, 6, 8}))
      << "they are whole already";
  EXPECT_EQ(whole_chroma_samples({1, 3, 1, 1}), (PixelRect{0, 2, 2, 2}));
  EXPECT_EQ(whole_chroma_samples({3, 1, 2, 4}), (PixelRect{2, 0, 4, 6}));
  EXPECT_EQ(whole_chroma_samples({32, 16, 1, 1}), (PixelRect{32, 16, 2, 2}))
      << "the last sample of a frame of odd size is a whole one, too";
  EXPECT_TRUE(whole_chroma_samples({}).empty());
}

}  // namespace
}  // namespace mvga::gst
