// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a backbone sees of a frame in each of the formats, against exact arithmetic.
#include "gst/frames/formats.h"

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>
#include <vector>

#include "gst/frames/frame_reader.h"
#include "gst/frames/mapped_frame.h"
#include "tests/gst/frames/exact_frame.h"
#include "tests/gst/harness/video_formats.h"
#include "tests/gst/harness/video_frames.h"

namespace mvga::testing {
namespace {

using gst::FrameReader;

/// Rounding, and what floats lose. Colours in bytes are rounded twice, as Pillow does.
constexpr double kRounded = 0.52;

double allowed(const GstVideoInfo& info) {
  const bool bytes_of_colours =
      !GST_VIDEO_INFO_IS_YUV(&info) && GST_VIDEO_FORMAT_INFO_DEPTH(info.finfo, 0) == 8;
  return bytes_of_colours ? 1.0001 : kRounded;
}

GstVideoInfo info_of(GstVideoFormat format, int width, int height, const Standard& standard) {
  GstVideoInfo info = video_info(format, width, height);
  if (GST_VIDEO_INFO_IS_YUV(&info))
    gst_video_colorimetry_from_string(&info.colorimetry, standard.colorimetry);
  return info;
}

double off_by(const GstVideoInfo& info, GstBuffer* frame, const Standard& standard,
              const Box& roi = {}, int side = 24) {
  const auto part = gst::pixels_of(roi, info.width, info.height);
  FrameReader reader;
  reader.configure(info, roi, side);
  return largest_difference(reader.read(frame).data,
                            read_exactly(exact_frame(info, frame, standard),
                                         {part.x, part.y, part.width, part.height}, side, side));
}

class ReadFormats : public ::testing::TestWithParam<GstVideoFormat> {};

TEST_P(ReadFormats, HaveTheColoursOfTheirStandard) {
  for (const Standard& standard : kStandards) {
    const GstVideoInfo info = info_of(GetParam(), 64, 48, standard);
    EXPECT_LT(off_by(info, noisy_frame(info, 1).get(), standard), allowed(info))
        << standard.colorimetry;
    EXPECT_LT(off_by(info, anomalous_frame(info, 1).get(), standard), allowed(info))
        << standard.colorimetry;
  }
}

TEST_P(ReadFormats, HaveTheirChromaWhereTheCapsSay) {
  for (const GstVideoChromaSite site :
       {GST_VIDEO_CHROMA_SITE_UNKNOWN, GST_VIDEO_CHROMA_SITE_JPEG, GST_VIDEO_CHROMA_SITE_MPEG2,
        GST_VIDEO_CHROMA_SITE_COSITED, GST_VIDEO_CHROMA_SITE_V_COSITED}) {
    GstVideoInfo info = info_of(GetParam(), 30, 22, kStandards[0]);
    info.chroma_site = site;
    EXPECT_LT(off_by(info, noisy_frame(info, 2).get(), kStandards[0]), allowed(info)) << site;
  }
}

TEST_P(ReadFormats, MayHaveAnySizeStrideAndRegion) {
  for (const auto& [width, height] :
       {std::pair{1, 1}, {2, 3}, {33, 17}, {97, 65}, {300, 3}, {3, 300}})
    for (const int padding : {0, 1, 16})
      for (const Box& roi : {Box{}, Box{0.34, 0.34, 0.33, 0.33}}) {
        const GstVideoInfo info = info_of(GetParam(), width, height, kStandards[1]);
        EXPECT_LT(off_by(info, noisy_frame(info, 3, {padding}).get(), kStandards[1], roi),
                  allowed(info))
            << width << "x" << height << " with a padding of " << padding << ", from " << roi.x;
      }
}

TEST_P(ReadFormats, MayBeAsWideAndAsHighAsTheCapsAllow) {
  for (const auto& [width, height] : {std::pair{16384, 2}, {3, 16383}}) {
    const GstVideoInfo info = info_of(GetParam(), width, height, kStandards[0]);
    EXPECT_LT(off_by(info, noisy_frame(info, 4).get(), kStandards[0], {}, 16), allowed(info))
        << width << "x" << height;
  }
}

INSTANTIATE_TEST_SUITE_P(All, ReadFormats, ::testing::ValuesIn(all_formats()), name_of_format);

// The same scene in RGB and YUV: what a model learned from the one says of the other.
TEST(ReadFormats, WithTheSamePixelsLookTheSame) {
  const GstVideoInfo rgb = video_info(GST_VIDEO_FORMAT_RGB, 64, 48);
  const GstVideoInfo yuv = info_of(GST_VIDEO_FORMAT_Y444, 64, 48, kStandards[1]);
  const Buffer in_yuv = normal_frame(yuv, 5);  // of colours that RGB has as well
  const std::vector<double> exact =
      read_exactly(exact_frame(yuv, in_yuv.get(), kStandards[1]), {0, 0, 64, 48}, 64, 48);
  const Buffer in_rgb = still_frame(rgb, 0);
  gst::MappedFrame frame(rgb, in_rgb.get(), GST_MAP_WRITE);
  auto* data = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(frame.get(), 0));
  for (std::size_t i = 0; i < exact.size(); ++i)
    data[i] = static_cast<guint8>(std::lround(exact[i]));
  FrameReader reader;
  FrameReader other;
  reader.configure(rgb, {}, 32);
  other.configure(yuv, {}, 32);
  const RgbView a = reader.read(in_rgb.get());
  const RgbView b = other.read(in_yuv.get());
  double mean = 0;
  for (int i = 0; i < 3 * 32 * 32; ++i) {
    EXPECT_NEAR(a.data[i], b.data[i], 1);
    mean += (a.data[i] - b.data[i]) / (3.0 * 32 * 32);
  }
  EXPECT_NEAR(mean, 0, 0.1) << "one of the two is darker";
}

}  // namespace
}  // namespace mvga::testing
