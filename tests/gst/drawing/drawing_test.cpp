// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is drawn on a frame, and what is left alone.
#include <gst/video/video.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "gst/drawing/blend.h"
#include "gst/drawing/colormap.h"
#include "gst/drawing/iso_lines.h"
#include "gst/drawing/overlay_painter.h"
#include "gst/drawing/pixel_rect.h"
#include "gst/drawing/smooth_rows.h"
#include "gst/frames/component_offset.h"

namespace mvga::overlay {
namespace {

struct Pixel {
  int r, g, b;
  bool operator==(const Pixel&) const = default;
};

int difference(const Pixel& p, const Pixel& q) {
  return std::max({std::abs(p.r - q.r), std::abs(p.g - q.g), std::abs(p.b - q.b)});
}

/// A frame in memory of its own, with as much padding after each row as asked for.
class Frame {
 public:
  Frame(GstVideoFormat format, int width, int height, int fill = 0x80, int padding = 0) {
    gst_init(nullptr, nullptr);
    GstVideoInfo info;
    gst_video_info_set_format(&info, format, width, height);
    if (padding > 0) {
      GstVideoAlignment align;
      gst_video_alignment_reset(&align);
      align.padding_right = padding;
      gst_video_info_align(&info, &align);
    }
    buffer_ = gst_buffer_new_allocate(nullptr, info.size, nullptr);
    gst_buffer_memset(buffer_, 0, static_cast<guint8>(fill), info.size);
    gst_video_frame_map(&frame_, &info, buffer_, GST_MAP_READWRITE);
  }
  ~Frame() {
    gst_video_frame_unmap(&frame_);
    gst_buffer_unref(buffer_);
  }
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;

  GstVideoFrame* get() { return &frame_; }
  int width() const { return GST_VIDEO_FRAME_WIDTH(&frame_); }
  int height() const { return GST_VIDEO_FRAME_HEIGHT(&frame_); }

  guint8& component(guint c, int x, int y) {
    const GstVideoFormatInfo* format = frame_.info.finfo;
    return gst::component_data(
        frame_,
        c)[(y >> GST_VIDEO_FORMAT_INFO_H_SUB(format, c)) * GST_VIDEO_FRAME_COMP_STRIDE(&frame_, c) +
           (x >> GST_VIDEO_FORMAT_INFO_W_SUB(format, c)) *
               GST_VIDEO_FRAME_COMP_PSTRIDE(&frame_, c)];
  }

  Pixel rgb(int x, int y) { return {component(0, x, y), component(1, x, y), component(2, x, y)}; }

  std::vector<guint8> bytes() {
    std::vector<guint8> copy(gst_buffer_get_size(buffer_));
    const auto* data = static_cast<const guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame_, 0));
    std::memcpy(copy.data(), data, copy.size());
    return copy;
  }

 private:
  GstBuffer* buffer_;
  GstVideoFrame frame_ = {};
};

/// A normal map of `cells` x `cells` with one round anomaly; the scale runs from 1 to 2.
Detection with_blob(double x, double y, double peak = 3, int cells = 24) {
  Detection d;
  d.score = 7.31;
  d.threshold = 2.9;
  d.anomalous = true;
  d.map_scale = {1, 2};
  d.map = {cells, cells, {}};
  for (int row = 0; row < cells; ++row) {
    for (int column = 0; column < cells; ++column) {
      const double dx = (column + 0.5) / cells - x;
      const double dy = (row + 0.5) / cells - y;
      const double height = peak * std::exp(-(dx * dx + dy * dy) / (2 * 0.06 * 0.06));
      d.map.values.push_back(static_cast<float>(0.5 + height));
    }
  }
  return d;
}

Detection normal() {
  Detection d = with_blob(0.5, 0.5, 0);
  d.score = 0.4;
  d.anomalous = false;
  return d;
}

CompositionPtr paint(const Detection& d, unsigned style, int width, int height,
                     const std::string& note = "") {
  gst_init(nullptr, nullptr);
  OverlaySettings settings;
  settings.style = style;
  return OverlayPainter(settings).paint(d, note, width, height);
}

/// A composition of a single rectangle in one premultiplied colour.
CompositionPtr plain(std::uint32_t pixel, const PixelRect& place, int width = 0, int height = 0) {
  gst_init(nullptr, nullptr);
  if (width == 0) width = place.width;
  if (height == 0) height = place.height;
  GstBuffer* buffer = gst_buffer_new_allocate(nullptr, 4 * width * height, nullptr);
  const std::vector<std::uint32_t> pixels(std::size_t(width) * height, pixel);
  gst_buffer_fill(buffer, 0, pixels.data(), 4 * pixels.size());
  gst_buffer_add_video_meta(buffer, GST_VIDEO_FRAME_FLAG_NONE,
                            GST_VIDEO_OVERLAY_COMPOSITION_FORMAT_RGB, width, height);
  const RectanglePtr rectangle(
      gst_video_overlay_rectangle_new_raw(buffer, place.x, place.y, place.width, place.height,
                                          GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA));
  gst_buffer_unref(buffer);
  return CompositionPtr(gst_video_overlay_composition_new(rectangle.get()));
}

PixelRect place_of(GstVideoOverlayComposition* composition, guint i) {
  gint x = 0, y = 0;
  guint width = 0, height = 0;
  gst_video_overlay_rectangle_get_render_rectangle(
      gst_video_overlay_composition_get_rectangle(composition, i), &x, &y, &width, &height);
  return {x, y, static_cast<int>(width), static_cast<int>(height)};
}

// ---- what is drawn

TEST(OverlayPainter, DrawsNothingOnANormalFrameButTheLabel) {
  EXPECT_EQ(paint(normal(), heatmap | contour | box, 640, 360), nullptr);
  const CompositionPtr labelled = paint(normal(), heatmap | contour | label, 640, 360);
  ASSERT_NE(labelled, nullptr);
  EXPECT_EQ(gst_video_overlay_composition_n_rectangles(labelled.get()), 1u);
  EXPECT_LT(place_of(labelled.get(), 0).bottom(), 50) << "the label hides the product";
}

TEST(OverlayPainter, LeavesPixelsAwayFromTheAnomalyAsTheyAre) {
  Frame frame(GST_VIDEO_FORMAT_BGRx, 640, 360, 90);
  const CompositionPtr overlay = paint(with_blob(0.7, 0.6), heatmap | contour | label, 640, 360);
  ASSERT_TRUE(blend(overlay.get(), frame.get()));
  int changed = 0;
  for (int y = 0; y < 360; ++y) {
    for (int x = 0; x < 640; ++x) {
      const bool near_label = y < 50 && x < 320;
      const bool near_blob = std::hypot((x - 448) / 640.0, (y - 216) / 360.0) < 0.25;
      if (frame.rgb(x, y) == Pixel{90, 90, 90}) continue;
      ++changed;
      ASSERT_TRUE(near_label || near_blob) << "a normal pixel was changed at " << x << "," << y;
    }
  }
  EXPECT_GT(changed, 1000);
}

TEST(OverlayPainter, GivesOneValueTheSameColourInEveryFrame) {
  // The second frame has a far larger maximum elsewhere: stretching to it would change the first.
  Detection first = with_blob(0.25, 0.5, 1.2);
  Detection second = first;
  const Detection other = with_blob(0.75, 0.5, 50);
  for (std::size_t i = 0; i < second.map.values.size(); ++i) {
    if (i % 24 >= 12) second.map.values[i] = other.map.values[i];
  }
  Frame a(GST_VIDEO_FORMAT_RGB, 240, 240);
  Frame b(GST_VIDEO_FORMAT_RGB, 240, 240);
  ASSERT_TRUE(blend(paint(first, heatmap, 240, 240).get(), a.get()));
  ASSERT_TRUE(blend(paint(second, heatmap, 240, 240).get(), b.get()));
  EXPECT_NE(a.rgb(60, 120), (Pixel{128, 128, 128}));
  EXPECT_EQ(a.rgb(60, 120), b.rgb(60, 120));
}

TEST(OverlayPainter, ShowsNoEdgeWhereTheHeatMapBegins) {
  Frame frame(GST_VIDEO_FORMAT_RGB, 640, 360);
  ASSERT_TRUE(blend(paint(with_blob(0.5, 0.5, 1.5), heatmap, 640, 360).get(), frame.get()));
  int steepest = 0;
  for (int y = 0; y < 360; ++y) {
    for (int x = 1; x < 640; ++x) {
      steepest = std::max(steepest, difference(frame.rgb(x - 1, y), frame.rgb(x, y)));
    }
  }
  EXPECT_LE(steepest, 12) << "neighbouring pixels differ visibly";
}

TEST(OverlayPainter, DrawsTheMapWhereItsRoiLies) {
  Detection d = with_blob(0.5, 0.5);
  std::fill(d.map.values.begin(), d.map.values.end(), 5.0f);
  d.roi = {0.5, 0.25, 0.25, 0.5};
  Frame frame(GST_VIDEO_FORMAT_RGB, 200, 200);
  ASSERT_TRUE(blend(paint(d, heatmap | contour, 200, 200).get(), frame.get()));
  const Pixel hot = frame.rgb(125, 100);
  for (int y = 0; y < 200; ++y) {
    for (int x = 0; x < 200; ++x) {
      const bool inside = x >= 100 && x < 150 && y >= 50 && y < 150;
      ASSERT_EQ(frame.rgb(x, y), inside ? hot : (Pixel{128, 128, 128})) << x << "," << y;
    }
  }
}

TEST(OverlayPainter, OutlinesTheThreshold) {
  // A step from normal to anomalous: the outline runs along its middle.
  Detection d = normal();
  for (std::size_t i = 0; i < d.map.values.size(); ++i) {
    d.map.values[i] = i % 24 < 12 ? 1.0f : 3.0f;
  }
  Frame frame(GST_VIDEO_FORMAT_RGB, 480, 480, 100);
  ASSERT_TRUE(blend(paint(d, contour, 480, 480).get(), frame.get()));
  EXPECT_GT(frame.rgb(240, 240).r, 200) << "no bright line";
  EXPECT_LT(frame.rgb(238, 240).r, 95) << "no dark rim";
  EXPECT_EQ(frame.rgb(225, 240), (Pixel{100, 100, 100}));
  EXPECT_EQ(frame.rgb(255, 240), (Pixel{100, 100, 100}));
}

TEST(OverlayPainter, DrawsTheBoxesOfTheRegions) {
  Detection d = normal();
  d.regions = {{{0.25, 0.25, 0.5, 0.5}, 0.1, 3}};
  Frame frame(GST_VIDEO_FORMAT_RGB, 400, 400, 100);
  ASSERT_TRUE(blend(paint(d, box, 400, 400).get(), frame.get()));
  EXPECT_GT(frame.rgb(100, 200).r, 180);
  EXPECT_GT(frame.rgb(200, 300).r, 180);
  EXPECT_EQ(frame.rgb(200, 200), (Pixel{100, 100, 100}));
}

TEST(OverlayPainter, DrawsTheBoxesWithoutAMapAsWell) {
  Detection d;
  d.regions = {{{0.25, 0.25, 0.5, 0.5}, 0.1, 3}};
  const auto drawn = [&](unsigned style) {
    Frame frame(GST_VIDEO_FORMAT_RGB, 400, 400, 100);
    EXPECT_TRUE(blend(paint(d, style, 400, 400).get(), frame.get()));
    return frame.bytes();
  };
  EXPECT_EQ(drawn(heatmap | contour | box), drawn(box));
}

TEST(OverlayPainter, KeepsTheLabelWhileItSaysTheSame) {
  gst_init(nullptr, nullptr);
  OverlaySettings settings;
  settings.style = label;
  OverlayPainter painter(settings);
  Detection d = with_blob(0.5, 0.5);
  const auto label_of = [&](const std::string& note, int width) {
    const CompositionPtr overlay = painter.paint(d, note, width, 360);
    return gst_video_overlay_rectangle_get_seqnum(
        gst_video_overlay_composition_get_rectangle(overlay.get(), 0));
  };
  const guint first = label_of("", 640);
  d.score = 7.3100001;
  EXPECT_EQ(label_of("", 640), first) << "drawn anew although it reads the same";
  EXPECT_NE(label_of("held", 640), first);
  d.score = 8;
  EXPECT_NE(label_of("", 640), first);
}

TEST(OverlayPainter, ShowsTheVerdictInGreenOrRed) {
  Frame good(GST_VIDEO_FORMAT_RGB, 640, 360);
  Frame bad(GST_VIDEO_FORMAT_RGB, 640, 360);
  ASSERT_TRUE(blend(paint(normal(), label, 640, 360).get(), good.get()));
  ASSERT_TRUE(blend(paint(with_blob(0.5, 0.5), label, 640, 360).get(), bad.get()));
  EXPECT_GT(good.rgb(15, 20).g, good.rgb(15, 20).r + 40);
  EXPECT_GT(bad.rgb(15, 20).r, bad.rgb(15, 20).g + 40);
}

TEST(OverlayPainter, ShortensTheLabelOnNarrowFramesAndLeavesItOutOnTinyOnes) {
  const int wide = place_of(paint(normal(), label, 640, 360, "held").get(), 0).width;
  const CompositionPtr narrow = paint(normal(), label, 140, 120, "held");
  ASSERT_NE(narrow, nullptr);
  EXPECT_LT(place_of(narrow.get(), 0).right(), 140);
  EXPECT_LT(place_of(narrow.get(), 0).width, wide);
  EXPECT_EQ(paint(normal(), label, 80, 360), nullptr);
  EXPECT_EQ(paint(normal(), label, 640, 12), nullptr);
}

TEST(OverlayPainter, TakesFramesOfAnySize) {
  const unsigned all = heatmap | contour | box | label;
  Detection d = with_blob(0.5, 0.5);
  d.regions = {{{0.4, 0.4, 0.2, 0.2}, 0.1, 3}};
  for (const auto& [width, height] : {std::pair(1, 1), {1, 7}, {3, 2}, {17, 1}, {16384, 1}}) {
    for (const auto format : {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_BGRx}) {
      Frame frame(format, width, height);
      const CompositionPtr overlay = paint(d, all, width, height);
      if (!overlay) continue;
      EXPECT_TRUE(blend(overlay.get(), frame.get())) << width << "x" << height;
    }
  }
}

TEST(OverlayPainter, StaysSmallOnHugeFrames) {
  const CompositionPtr overlay = paint(with_blob(0.5, 0.5, 1000), heatmap, 16384, 16384);
  ASSERT_NE(overlay, nullptr);
  std::size_t bytes = 0;
  for (guint i = 0; i < gst_video_overlay_composition_n_rectangles(overlay.get()); ++i) {
    bytes += gst_buffer_get_size(gst_video_overlay_rectangle_get_pixels_unscaled_raw(
        gst_video_overlay_composition_get_rectangle(overlay.get(), i),
        GST_VIDEO_OVERLAY_FORMAT_FLAG_PREMULTIPLIED_ALPHA));
  }
  EXPECT_LT(bytes, 10u << 20);
}

TEST(OverlayPainter, ShowsNothingOfAMapThatIsBroken) {
  Detection d = with_blob(0.5, 0.5);
  std::fill(d.map.values.begin(), d.map.values.end(), std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(paint(d, heatmap | contour, 64, 64), nullptr);
  d.map = {3, 3, {1, 2}};
  EXPECT_EQ(paint(d, heatmap | contour, 64, 64), nullptr);
  d = with_blob(0.5, 0.5);
  d.map_scale = {2, 2};
  EXPECT_EQ(paint(d, heatmap | contour, 64, 64), nullptr);
  d = with_blob(0.5, 0.5);
  d.roi = {0.9, 0.9, -1, 5};
  EXPECT_EQ(paint(d, heatmap | contour, 64, 64), nullptr);
}

// ---- blending

class Blend : public testing::TestWithParam<GstVideoFormat> {};

/// The frame's pixel as a viewer sees it, through GStreamer's own conversion.
Pixel seen(Frame& frame, int x, int y) {
  Frame rgb(GST_VIDEO_FORMAT_RGB, frame.width(), frame.height());
  GstVideoConverter* converter =
      gst_video_converter_new(&frame.get()->info, &rgb.get()->info, nullptr);
  gst_video_converter_frame(converter, frame.get(), rgb.get());
  gst_video_converter_free(converter);
  return rgb.rgb(x, y);
}

TEST_P(Blend, ShowsTheOverlaysColour) {
  const bool gray = GetParam() == GST_VIDEO_FORMAT_GRAY8;
  for (const char* colorimetry : {"bt601", "bt709", "1:3:5:1"}) {  // the last: full range
    Frame frame(GetParam(), 64, 48, 0x80);
    GstVideoInfo& info = frame.get()->info;
    if (GST_VIDEO_INFO_IS_YUV(&info)) {
      ASSERT_TRUE(gst_video_colorimetry_from_string(&info.colorimetry, colorimetry));
    }
    if (GST_VIDEO_INFO_HAS_ALPHA(&info)) {
      for (int i = 0; i < 64 * 48; ++i) frame.component(3, i % 64, i / 64) = 255;
    }
    ASSERT_TRUE(blend(plain(0xffc86432, {8, 8, 32, 32}).get(), frame.get()));
    const Pixel expected = gray ? Pixel{124, 124, 124} : Pixel{200, 100, 50};
    EXPECT_LE(difference(seen(frame, 20, 20), expected), 4)
        << colorimetry << ": the colour is off: " << seen(frame, 20, 20).r << " "
        << seen(frame, 20, 20).g << " " << seen(frame, 20, 20).b;
  }
}

TEST_P(Blend, MixesHalfAndHalf) {
  Frame opaque(GetParam(), 64, 48, 0x80);
  Frame half(GetParam(), 64, 48, 0x80);
  Frame untouched(GetParam(), 64, 48, 0x80);
  for (Frame* frame : {&opaque, &half, &untouched}) {
    if (!GST_VIDEO_INFO_HAS_ALPHA(&frame->get()->info)) continue;
    for (int i = 0; i < 64 * 48; ++i) frame->component(3, i % 64, i / 64) = 255;
  }
  ASSERT_TRUE(blend(plain(0xffc86432, {8, 8, 32, 32}).get(), opaque.get()));
  ASSERT_TRUE(blend(plain(0x80643219, {8, 8, 32, 32}).get(), half.get()));
  const guint components = std::min(3u, GST_VIDEO_FRAME_N_COMPONENTS(half.get()));
  for (guint c = 0; c < components; ++c) {
    const int mean = (opaque.component(c, 20, 20) + untouched.component(c, 20, 20)) / 2;
    EXPECT_NEAR(half.component(c, 20, 20), mean, 2) << "component " << c;
  }
}

TEST_P(Blend, KeepsWhatLiesOutsideOddSizesPaddingIncluded) {
  for (const auto& [width, height, padding] :
       {std::tuple(33, 17, 0), {33, 17, 16}, {2, 2, 0}, {1, 1, 8}, {64, 5, 32}}) {
    Frame frame(GetParam(), width, height, 0x55, padding);
    const std::vector<guint8> before = frame.bytes();
    ASSERT_TRUE(blend(plain(0, {0, 0, width, height}).get(), frame.get()));
    EXPECT_EQ(frame.bytes(), before)
        << "a transparent overlay changed a frame of " << width << "x" << height;

    // Covers the lower right corner and reaches beyond it.
    ASSERT_TRUE(
        blend(plain(0xffffffff, {width / 2, height / 2, width, height}).get(), frame.get()));
    EXPECT_GT(frame.component(0, width - 1, height - 1), 230);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        const bool inside = x >= width / 2 && y >= height / 2;
        ASSERT_EQ(frame.component(0, x, y) != 0x55, inside) << x << "," << y;
      }
    }
  }
}

TEST_P(Blend, TakesOverlaysThatReachBeyondTheUpperLeftCorner) {
  Frame frame(GetParam(), 31, 31, 0x55);
  ASSERT_TRUE(blend(plain(0xffffffff, {-7, -5, 20, 20}).get(), frame.get()));
  EXPECT_GT(frame.component(0, 0, 0), 230);
  EXPECT_GT(frame.component(0, 12, 14), 230);
  EXPECT_EQ(frame.component(0, 13, 14), 0x55);
  EXPECT_EQ(frame.component(0, 12, 15), 0x55);
  ASSERT_TRUE(blend(plain(0xffffffff, {40, 40, 20, 20}).get(), frame.get()));
}

TEST_P(Blend, MagnifiesTheOverlay) {
  Frame frame(GetParam(), 64, 64, 0x55);
  ASSERT_TRUE(blend(plain(0xffffffff, {8, 8, 40, 40}, 10, 10).get(), frame.get()));
  EXPECT_GT(frame.component(0, 8, 8), 230);
  EXPECT_GT(frame.component(0, 47, 47), 230);
  EXPECT_EQ(frame.component(0, 48, 47), 0x55);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, Blend,
    testing::Values(GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_BGR, GST_VIDEO_FORMAT_RGBx,
                    GST_VIDEO_FORMAT_BGRx, GST_VIDEO_FORMAT_xRGB, GST_VIDEO_FORMAT_xBGR,
                    GST_VIDEO_FORMAT_RGBA, GST_VIDEO_FORMAT_BGRA, GST_VIDEO_FORMAT_ARGB,
                    GST_VIDEO_FORMAT_ABGR, GST_VIDEO_FORMAT_GRAY8, GST_VIDEO_FORMAT_NV12,
                    GST_VIDEO_FORMAT_NV21, GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_YV12,
                    GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_UYVY, GST_VIDEO_FORMAT_YVYU,
                    GST_VIDEO_FORMAT_NV16, GST_VIDEO_FORMAT_NV61, GST_VIDEO_FORMAT_Y42B,
                    GST_VIDEO_FORMAT_NV24, GST_VIDEO_FORMAT_Y444, GST_VIDEO_FORMAT_GBR),
    [](const auto& info) { return std::string(gst_video_format_to_string(info.param)); });

class BlendWide : public testing::TestWithParam<GstVideoFormat> {
 public:
  /// A frame of which each sample is `value` of 255, as exactly as the format can say.
  static Frame& painted(Frame& frame, int value) {
    for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS(frame.get()); ++c)
      for (int y = 0; y < frame.height(); ++y)
        for (int x = 0; x < frame.width(); ++x) put(frame, c, x, y, value << (depth(frame) - 8));
    return frame;
  }
  static int depth(Frame& frame) { return GST_VIDEO_FRAME_COMP_DEPTH(frame.get(), 0); }
  static int shift(Frame& frame) {
    return static_cast<int>(GST_VIDEO_FORMAT_INFO_SHIFT(frame.get()->info.finfo, 0));
  }
  static bool low_first(Frame& frame) {
    return GST_VIDEO_FORMAT_INFO_IS_LE(frame.get()->info.finfo);
  }
  static int sample(Frame& frame, guint c, int x, int y) {
    const guint8* bytes = &frame.component(c, x, y);
    return (low_first(frame) ? bytes[0] | bytes[1] << 8 : bytes[1] | bytes[0] << 8) >> shift(frame);
  }
  static void put(Frame& frame, guint c, int x, int y, int value) {
    guint8* bytes = &frame.component(c, x, y);
    bytes[low_first(frame) ? 0 : 1] = static_cast<guint8>(value << shift(frame) & 0xff);
    bytes[low_first(frame) ? 1 : 0] = static_cast<guint8>(value << shift(frame) >> 8);
  }
};

TEST_P(BlendWide, ShowsTheOverlaysColour) {
  for (const char* colorimetry : {"bt601", "bt709", "1:3:5:1"}) {
    Frame frame(GetParam(), 64, 48);
    painted(frame, 0x80);
    GstVideoInfo& info = frame.get()->info;
    if (GST_VIDEO_INFO_IS_YUV(&info))
      gst_video_colorimetry_from_string(&info.colorimetry, colorimetry);
    ASSERT_TRUE(blend(plain(0xffc86432, {8, 8, 32, 32}).get(), frame.get()));
    const bool gray = GST_VIDEO_INFO_IS_GRAY(&info);
    const Pixel expected = gray ? Pixel{124, 124, 124} : Pixel{200, 100, 50};
    EXPECT_LE(difference(seen(frame, 20, 20), expected), 4)
        << colorimetry << ": the colour is off: " << seen(frame, 20, 20).r << " "
        << seen(frame, 20, 20).g << " " << seen(frame, 20, 20).b;
  }
}

TEST_P(BlendWide, MixesHalfAndHalfAndKeepsWhatLiesOutside) {
  for (const auto& [width, height] : {std::pair{33, 17}, {64, 48}, {3, 3}}) {
    Frame opaque(GetParam(), width, height);
    Frame half(GetParam(), width, height);
    const int before = sample(painted(half, 0x55), 0, 0, 0);
    painted(opaque, 0x55);
    const PixelRect corner{width / 2, height / 2, width, height};
    ASSERT_TRUE(blend(plain(0xffffffff, corner).get(), opaque.get()));
    ASSERT_TRUE(blend(plain(0x80808080, corner).get(), half.get()));
    const int bright = sample(opaque, 0, width - 1, height - 1);
    EXPECT_GT(bright, 230 << (depth(half) - 8));
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const bool inside = x >= corner.x && y >= corner.y;
        const int wanted = inside ? (bright + before) / 2 : before;
        ASSERT_NEAR(sample(half, 0, x, y), wanted, inside ? 1 << (depth(half) - 8) : 0)
            << x << "," << y;
      }
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, BlendWide,
                         testing::Values(GST_VIDEO_FORMAT_GRAY16_LE, GST_VIDEO_FORMAT_GRAY16_BE,
                                         GST_VIDEO_FORMAT_P010_10LE, GST_VIDEO_FORMAT_I420_10LE,
                                         GST_VIDEO_FORMAT_I422_10LE, GST_VIDEO_FORMAT_Y444_10LE),
                         [](const auto& info) {
                           return std::string(gst_video_format_to_string(info.param));
                         });

TEST(BlendRgb32, IgnoresThePaddingByte) {
  for (const int padding : {0, 255}) {
    Frame frame(GST_VIDEO_FORMAT_BGRx, 8, 8, 100);
    // Red is the third byte.
    for (int i = 0; i < 64; ++i) (&frame.component(0, i % 8, i / 8))[1] = guint8(padding);
    ASSERT_TRUE(blend(plain(0x80800000, {0, 0, 8, 8}).get(), frame.get()));
    EXPECT_EQ(frame.rgb(4, 4), (Pixel{178, 50, 50}));
    EXPECT_EQ((&frame.component(0, 4, 4))[1], padding);
  }
}

TEST(BlendRgb32, ReplacesWhatIsTransparentInTheFrame) {
  Frame frame(GST_VIDEO_FORMAT_RGBA, 8, 8, 0);
  ASSERT_TRUE(blend(plain(0x80800000, {0, 0, 8, 8}).get(), frame.get()));
  EXPECT_EQ(frame.rgb(4, 4), (Pixel{255, 0, 0})) << "colour over nothing stays that colour";
  EXPECT_EQ(frame.component(3, 4, 4), 0x80);
}

TEST(BlendFormats, LeavesOtherFormatsToGStreamer) {
  Frame frame(GST_VIDEO_FORMAT_Y41B, 16, 16);
  ASSERT_TRUE(blend(plain(0xffffffff, {0, 0, 16, 16}).get(), frame.get()));
  EXPECT_GT(frame.component(0, 8, 8), 200);
}

// ---- the parts

TEST(Colormap, HitsTheKnownColours) {
  const auto near = [](const Rgb& c, int r, int g, int b, int tolerance = 8) {
    return std::abs(255 * c.red - r) < tolerance && std::abs(255 * c.green - g) < tolerance &&
           std::abs(255 * c.blue - b) < tolerance;
  };
  EXPECT_TRUE(near(colour(Colormap::viridis, 0), 68, 1, 84));
  EXPECT_TRUE(near(colour(Colormap::viridis, 0.5), 33, 145, 140));
  EXPECT_TRUE(near(colour(Colormap::viridis, 1), 253, 231, 37));
  EXPECT_TRUE(near(colour(Colormap::inferno, 0), 0, 0, 4));
  EXPECT_TRUE(near(colour(Colormap::inferno, 0.5), 188, 55, 84));
  EXPECT_TRUE(near(colour(Colormap::inferno, 1), 252, 255, 164));
  // The published polynomial is this far from the table; the last tenth is left out.
  EXPECT_TRUE(near(colour(Colormap::turbo, 0.5 / 0.9), 164, 252, 60, 24));
  EXPECT_TRUE(near(colour(Colormap::turbo, 1), 184, 32, 8));
  EXPECT_TRUE(near(colour(Colormap::jet, 0), 0, 0, 128));
  EXPECT_TRUE(near(colour(Colormap::gray, 1), 255, 255, 255));
}

TEST(HeatTable, IsPremultipliedAndOpaqueFromTheThresholdOn) {
  const HeatTable table = heat_table(Colormap::turbo, 0.5);
  EXPECT_EQ(table[0], 0u);
  EXPECT_EQ(table[128] >> 24, 128u);
  EXPECT_EQ(table[255] >> 24, 128u);
  for (const std::uint32_t pixel : table) {
    const std::uint32_t alpha = pixel >> 24;
    ASSERT_LE(pixel >> 16 & 0xff, alpha);
    ASSERT_LE(pixel >> 8 & 0xff, alpha);
    ASSERT_LE(pixel & 0xff, alpha);
  }
}

TEST(SmoothRows, PassesThroughTheValuesOfTheMap) {
  const AnomalyMap map{2, 3, {1, 2, 4, -1, 0, 8}};
  EXPECT_EQ(smooth_samples(map, {0, 0, 1, 1, 3, 2}).values, map.values);
  EXPECT_FLOAT_EQ(smooth_samples({1, 4, {0, 1, 2, 3}}, {1.25, 0, 1, 1, 1, 1}).at(0, 0), 1.25f);
}

TEST(IsoLines, CloseAroundAPeak) {
  const std::vector<Line> lines = iso_lines({3, 3, {0, 0, 0, 0, 1, 0, 0, 0, 0}}, 0.5f);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].closed);
  EXPECT_EQ(lines[0].points.size(), 4u);
  EXPECT_DOUBLE_EQ(extent(lines[0]).x, 1);
  EXPECT_DOUBLE_EQ(extent(lines[0]).y, 1);
  for (const Point& p : lines[0].points) {
    EXPECT_DOUBLE_EQ(std::abs(p.x - 1) + std::abs(p.y - 1), 0.5);
  }
}

TEST(IsoLines, StayWholeWhereTheyLeaveTheGrid) {
  const std::vector<Line> lines = iso_lines({3, 3, {0, 0, 0, 1, 1, 1, 1, 1, 1}}, 0.25f);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_FALSE(lines[0].closed);
  ASSERT_EQ(lines[0].points.size(), 3u);
  for (const Point& p : lines[0].points) EXPECT_DOUBLE_EQ(p.y, 0.25);
}

TEST(IsoLines, LosePointsButNotTheirShapeWhenSimplified) {
  Line circle{{}, true};
  for (int i = 0; i < 400; ++i) {
    const double angle = 2 * M_PI * i / 400;
    circle.points.push_back({60 * std::cos(angle), 60 * std::sin(angle)});
  }
  const Line fewer = simplified(circle, 0.05);
  EXPECT_TRUE(fewer.closed);
  EXPECT_LT(fewer.points.size(), 150u) << "drawing is not any quicker";
  for (std::size_t i = 0; i < fewer.points.size(); ++i) {
    // The middle of a chord is where it is farthest from the circle.
    const Point& a = fewer.points[i];
    const Point& b = fewer.points[(i + 1) % fewer.points.size()];
    EXPECT_GT(std::hypot(a.x + b.x, a.y + b.y) / 2, 60 - 0.051) << "a corner was cut";
  }
}

TEST(IsoLines, KeepTheirEndsWhenSimplified) {
  const Line bent = simplified({{{0, 0}, {1, 0.01}, {2, 0}, {2, 1}, {2, 2}}, false}, 0.05);
  ASSERT_EQ(bent.points.size(), 3u);
  EXPECT_EQ(bent.points.front().x, 0);
  EXPECT_EQ(bent.points[1].x + bent.points[1].y, 2) << "the corner is gone";
  EXPECT_EQ(bent.points.back().y, 2);
  EXPECT_FALSE(bent.closed);
}

TEST(IsoLines, KeepOppositeCornersApartOrTogetherByTheMiddle) {
  const std::vector<Line> apart = iso_lines({2, 2, {1, 0, 0, 1}}, 0.6f);
  const std::vector<Line> together = iso_lines({2, 2, {1, 0, 0, 1}}, 0.4f);
  ASSERT_EQ(apart.size(), 2u);
  ASSERT_EQ(together.size(), 2u);
  const auto cuts_the_first_corner = [](const std::vector<Line>& lines) {
    return std::any_of(lines.begin(), lines.end(), [](const Line& line) {
      return line.points[0].x + line.points[0].y < 1 && line.points[1].x + line.points[1].y < 1;
    });
  };
  EXPECT_TRUE(cuts_the_first_corner(apart));
  EXPECT_FALSE(cuts_the_first_corner(together));
}

TEST(PixelRects, AreMergedUntilNoneOverlap) {
  // The third joins the first two, whose union then reaches the fourth.
  const auto merged = without_overlap(
      {{0, 0, 4, 4}, {10, 0, 4, 10}, {3, 0, 8, 2}, {0, 8, 4, 4}, {50, 50, 1, 1}, {9, 9, 0, 5}}, 10);
  ASSERT_EQ(merged.size(), 2u);
  EXPECT_NE(std::find(merged.begin(), merged.end(), PixelRect{0, 0, 14, 12}), merged.end());
  EXPECT_EQ(without_overlap({{0, 0, 1, 1}, {5, 5, 1, 1}}, 1),
            (std::vector<PixelRect>{{0, 0, 6, 6}}));
}

}  // namespace
}  // namespace mvga::overlay
