// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgadetect takes every format at every size and stride, and sees the same in each.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "gst/frames/component_offset.h"
#include "tests/gst/harness/detect_harness.h"
#include "tests/gst/harness/small_model.h"
#include "tests/gst/harness/video_formats.h"

namespace mvga::testing {
namespace {

class MappedVideo {
 public:
  MappedVideo(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags) {
    if (!gst_video_frame_map(&frame_, &info, buffer, flags)) throw std::runtime_error("not mapped");
  }
  ~MappedVideo() { gst_video_frame_unmap(&frame_); }
  MappedVideo(const MappedVideo&) = delete;
  MappedVideo& operator=(const MappedVideo&) = delete;
  GstVideoFrame* get() { return &frame_; }

 private:
  GstVideoFrame frame_ = {};
};

/// The picture of `from`, in another format.
Buffer converted(const GstVideoInfo& from, GstBuffer* source, const GstVideoInfo& to,
                 Padding padding = {}) {
  Buffer result = still_frame(to, 0, padding);
  MappedVideo in(from, source, GST_MAP_READ);
  MappedVideo out(to, result.get(), GST_MAP_WRITE);
  const std::unique_ptr<GstVideoConverter, decltype(&gst_video_converter_free)> converter(
      gst_video_converter_new(&from, &to, nullptr), gst_video_converter_free);
  gst_video_converter_frame(converter.get(), in.get(), out.get());
  return result;
}

/// One colour after the other, more strongly than a normal scene has them.
Buffer colourful_frame(const GstVideoInfo& rgb) {
  Buffer buffer = still_frame(rgb, 0);
  MappedVideo video(rgb, buffer.get(), GST_MAP_WRITE);
  for (int c = 0; c < 3; ++c) {
    auto* data = static_cast<guint8*>(GST_VIDEO_FRAME_COMP_DATA(video.get(), c));
    for (int y = 0; y < rgb.height; ++y) {
      for (int x = 0; x < rgb.width; ++x) {
        const double phase = 2 * std::numbers::pi * (1.0 * x / rgb.width + c / 3.0);
        data[y * GST_VIDEO_FRAME_COMP_STRIDE(video.get(), c) + 3 * x] =
            static_cast<guint8>(128 + 90 * std::sin(phase));
      }
    }
  }
  return buffer;
}

/// Which bytes of a frame belong to a pixel.
std::vector<bool> pixel_bytes(const GstVideoInfo& info, GstBuffer* buffer) {
  std::vector<bool> marked(gst_buffer_get_size(buffer));
  const GstVideoMeta* meta = gst_buffer_get_video_meta(buffer);
  for (guint c = 0; c < GST_VIDEO_INFO_N_COMPONENTS(&info); ++c) {
    const guint plane = GST_VIDEO_FORMAT_INFO_PLANE(info.finfo, c);
    const gsize start =
        meta->offset[plane] + static_cast<gsize>(gst::component_offset(info.finfo, c));
    for (int y = 0; y < GST_VIDEO_INFO_COMP_HEIGHT(&info, c); ++y) {
      for (int x = 0; x < GST_VIDEO_INFO_COMP_WIDTH(&info, c); ++x) {
        const gsize sample = start +
                             static_cast<gsize>(y) * static_cast<gsize>(meta->stride[plane]) +
                             static_cast<gsize>(x * GST_VIDEO_INFO_COMP_PSTRIDE(&info, c));
        marked[sample] = true;
        if (GST_VIDEO_FORMAT_INFO_DEPTH(info.finfo, c) > 8) marked[sample + 1] = true;
      }
    }
  }
  return marked;
}

// With the profile whose score is a plain sum of squared distances: 6 % of it, 3 % of a distance,
// can be left to the rounding of colours.
double score_of(const GstVideoInfo& info, Buffer frame, const char* roi = nullptr) {
  Detect detect;
  detect.set("model", small_model(40, Profile::paper).c_str());
  detect.set("roi", roi);
  detect.start(info);
  return detect.look_at(std::move(frame)).score.value();
}

constexpr std::pair<int, int> kSizes[] = {{96, 64}, {97, 65}, {33, 17}, {2, 3}};
constexpr int kPaddings[] = {1, 3, 16};

class DetectFormats : public ::testing::TestWithParam<GstVideoFormat> {};

TEST_P(DetectFormats, SeesWhatIsSeenInRgb) {
  for (const auto& [width, height] : kSizes) {
    const GstVideoInfo rgb = video_info(GST_VIDEO_FORMAT_RGB, width, height);
    const GstVideoInfo own = video_info(GetParam(), width, height);
    const Buffer scene = anomalous_frame(rgb, 7);
    Buffer frame = converted(rgb, scene.get(), own);
    // What is lost in the format is lost on the way back to RGB as well.
    Buffer same_in_rgb = converted(own, frame.get(), rgb);
    const double wanted = score_of(rgb, std::move(same_in_rgb));
    EXPECT_NEAR(score_of(own, std::move(frame)), wanted, 0.06 * wanted)
        << width << "x" << height << " is read wrongly";
  }
}

TEST_P(DetectFormats, SeesTheSameWithAnyStride) {
  // The second part begins and ends within a chroma sample.
  for (const char* roi : {"0,0,1,1", "0.34,0.34,0.33,0.33"}) {
    for (const auto& [width, height] : kSizes) {
      const GstVideoInfo info = video_info(GetParam(), width, height);
      const double wanted = score_of(info, anomalous_frame(info, 7), roi);
      for (const int padding : kPaddings)
        EXPECT_EQ(score_of(info, anomalous_frame(info, 7, {padding}), roi), wanted)
            << width << "x" << height << ": padding of " << padding << " bytes is seen as picture";
    }
  }
}

TEST_P(DetectFormats, ChangesNoByteWithoutAnOverlay) {
  for (const auto& [width, height] : kSizes) {
    Detect detect;
    detect.start(video_info(GetParam(), width, height));
    for (const int padding : {0, 1, 16}) {
      Buffer frame = anomalous_frame(detect.info, 7, {padding});
      const Bytes before = bytes_of(frame.get());
      const Buffer out = detect.watch(std::move(frame));
      EXPECT_EQ(bytes_of(out.get()), before) << width << "x" << height << " padding " << padding;
    }
  }
}

TEST_P(DetectFormats, BlendsIntoPixelsAndNowhereElse) {
  for (const auto& [width, height] : kSizes) {
    Detect detect;
    detect.set("overlay", 1);
    gst_util_set_object_arg(G_OBJECT(detect.element()), "overlay-style",
                            "heatmap+contour+box+label");
    detect.start(video_info(GetParam(), width, height));
    for (const int padding : {0, 1, 16}) {
      Buffer frame = anomalous_frame(detect.info, 7, {padding});
      const Bytes before = bytes_of(frame.get());
      const std::vector<bool> is_pixel = pixel_bytes(detect.info, frame.get());
      const Bytes after = bytes_of(detect.watch(std::move(frame)).get());
      ASSERT_EQ(after.size(), before.size());
      bool drawn = false;
      for (std::size_t i = 0; i < after.size(); ++i) {
        if (is_pixel[i]) {
          drawn |= after[i] != before[i];
        } else {
          ASSERT_EQ(after[i], before[i])
              << "byte " << i << " is no pixel, but was drawn on: " << width << "x" << height
              << " padding " << padding;
        }
      }
      EXPECT_TRUE(drawn || width < 32) << width << "x" << height << ": nothing was drawn";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, DetectFormats, ::testing::ValuesIn(all_formats()), name_of_format);

TEST(DetectFormats, AreAllThatThePadTemplateNames) {
  Detect detect;
  GstPad* pad = gst_element_get_static_pad(detect.element(), "sink");
  GstCaps* caps = gst_pad_get_pad_template_caps(pad);
  const GValue* formats = gst_structure_get_value(gst_caps_get_structure(caps, 0), "format");
  EXPECT_EQ(gst_value_list_get_size(formats), all_formats().size())
      << "a format was added or taken away without a test";
  EXPECT_EQ(all_formats().size(), 30u) << "docs/elements.md and CHANGELOG.md say which there are";
  gst_caps_unref(caps);
  gst_object_unref(pad);
}

TEST(DetectCaps, ColorimetryIsHonoured) {
  const GstVideoInfo rgb = video_info(GST_VIDEO_FORMAT_RGB, 96, 64);
  const Buffer scene = colourful_frame(rgb);
  const auto in_colorimetry = [](const char* colorimetry) {
    GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
    gst_video_colorimetry_from_string(&info.colorimetry, colorimetry);
    return info;
  };
  const GstVideoInfo bt601 = in_colorimetry("bt601");
  const double wanted = score_of(bt601, converted(rgb, scene.get(), bt601));
  for (const char* colorimetry : {"bt709", "1:4:0:0"}) {
    const GstVideoInfo info = in_colorimetry(colorimetry);
    EXPECT_NEAR(score_of(info, converted(rgb, scene.get(), info)), wanted, 0.06 * wanted)
        << "colours of " << colorimetry << " are read as others";
    EXPECT_GT(std::abs(score_of(bt601, converted(rgb, scene.get(), info)) - wanted), 0.06 * wanted)
        << "the scene does not tell " << colorimetry << " from bt601";
  }
}

TEST(DetectCaps, OnePixelIsAFrame) {
  for (const int overlay : {0, 1}) {
    Detect detect;
    detect.set("overlay", overlay);
    detect.start(video_info(GST_VIDEO_FORMAT_I420, 1, 1));
    EXPECT_EQ(detect.look_at(normal_frame(detect.info, 1)).status, "fresh");
    EXPECT_EQ(detect.look_at(anomalous_frame(detect.info, 2)).status, "fresh");
  }
}

TEST(DetectCaps, ThatAreSmallHaveRegionsOfAPixelAtLeast) {
  guint regions = 0;
  for (const int side : {1, 2, 3, 5, 8}) {
    Detect detect;
    detect.start(video_info(GST_VIDEO_FORMAT_GRAY8, side, side));
    for (unsigned seed = 0; seed < 10; ++seed) {
      const Buffer out = detect.watch(anomalous_frame(detect.info, seed));
      for (const GstVideoRegionOfInterestMeta* roi : anomaly_regions(out.get())) {
        ++regions;
        EXPECT_GE(roi->w, 1u) << "a region without pixels in " << side << "x" << side;
        EXPECT_GE(roi->h, 1u) << "a region without pixels in " << side << "x" << side;
        EXPECT_LE(roi->x + roi->w, static_cast<guint>(side));
        EXPECT_LE(roi->y + roi->h, static_cast<guint>(side));
      }
    }
  }
  EXPECT_GT(regions, 0u) << "nothing was tested";
}

TEST(DetectCaps, SoAreVeryWideAndVeryHighOnes) {
  for (const auto& [width, height] :
       {std::pair(16384, 2), {16384, 1}, {1, 16384}, {3, 16383}, {16384, 90}}) {
    for (const GstVideoFormat format : {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_BGRx}) {
      Detect detect;
      detect.set("overlay", 1);
      detect.start(video_info(format, width, height));
      EXPECT_EQ(detect.look_at(anomalous_frame(detect.info, 1, {1})).status, "fresh")
          << width << "x" << height;
    }
  }
}

TEST(DetectCaps, BeyondTheLargestSizeAreRefused) {
  Detect detect;
  ASSERT_TRUE(detect.play());
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_GRAY8, 16385, 2);
  detect.set_caps(info);
  EXPECT_NE(detect.push(normal_frame(info, 1)), GST_FLOW_OK);
}

TEST(DetectCaps, InterlacedVideoIsLookedAtAsOnePicture) {
  const GstVideoInfo progressive = video_info(GST_VIDEO_FORMAT_I420, 96, 64);
  GstVideoInfo interlaced = progressive;
  interlaced.interlace_mode = GST_VIDEO_INTERLACE_MODE_INTERLEAVED;
  EXPECT_NEAR(score_of(interlaced, anomalous_frame(interlaced, 1)),
              score_of(progressive, anomalous_frame(progressive, 1)), 1e-6);
  Detect detect;
  detect.set("overlay", 1);
  detect.start(interlaced);
  EXPECT_NE(bytes_of(detect.watch(anomalous_frame(interlaced, 1)).get()),
            bytes_of(anomalous_frame(interlaced, 1).get()))
      << "nothing was drawn";
}

TEST(DetectCaps, AFrameRateIsNotNeeded) {
  GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 96, 64);
  info.fps_n = 0;
  const double without = score_of(info, anomalous_frame(info, 1));
  info.fps_n = 25;
  EXPECT_EQ(without, score_of(info, anomalous_frame(info, 1)));
}

}  // namespace
}  // namespace mvga::testing
