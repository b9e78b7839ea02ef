// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a backbone sees of a frame.
#include "gst/frames/frame_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "core/base/error.h"
#include "gst/frames/mapped_frame.h"
#include "tests/gst/harness/foreign_layouts.h"
#include "tests/gst/harness/video_frames.h"

namespace mvga::gst {
namespace {

using mvga::testing::Buffer;
using mvga::testing::Padding;
using mvga::testing::still_frame;
using mvga::testing::video_info;

using Pixels = std::vector<std::uint8_t>;

/// Row by row, without what lies between the rows.
Pixels copy_of(const RgbView& view) {
  Pixels pixels;
  for (int y = 0; y < view.height; ++y) {
    const std::uint8_t* row = view.data + static_cast<std::ptrdiff_t>(y) * view.stride;
    pixels.insert(pixels.end(), row, row + 3 * view.width);
  }
  return pixels;
}

Pixels read(const GstVideoInfo& info, GstBuffer* frame, const Box& roi = {}, int side = 32) {
  FrameReader reader;
  reader.configure(info, roi, side);
  return copy_of(reader.read(frame));
}

/// A frame in RGB, of which each pixel is what `value` says of its column and row.
Buffer painted(const GstVideoInfo& info, const std::function<guint8(int, int)>& value) {
  Buffer buffer = still_frame(info, 0);
  MappedFrame frame(info, buffer.get(), GST_MAP_WRITE);
  auto* data = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(frame.get(), 0));
  for (int y = 0; y < info.height; ++y) {
    guint8* row = data + y * GST_VIDEO_FRAME_PLANE_STRIDE(frame.get(), 0);
    for (int x = 0; x < 3 * info.width; ++x) row[x] = value(x / 3, y);
  }
  return buffer;
}

TEST(FrameReader, SeesTheSameHoweverAFrameIsLaidOut) {
  for (const GstVideoFormat format :
       {GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_NV21, GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_BGR,
        GST_VIDEO_FORMAT_RGBx, GST_VIDEO_FORMAT_GRAY8}) {
    const GstVideoInfo info = video_info(format, 66, 50);
    const Buffer plain = still_frame(info, 0);
    for (const Box& roi : {Box{}, Box{0.5, 0.25, 0.5, 0.5}}) {
      const Pixels expected = read(info, plain.get(), roi);
      const std::string name = gst_video_format_to_string(format);
      EXPECT_EQ(read(info, mvga::testing::bottom_up(info, plain.get()).get(), roi), expected)
          << name << ", bottom-up";
      EXPECT_EQ(read(info, mvga::testing::in_pieces(plain.get(), 1000).get(), roi), expected)
          << name << ", in pieces";
      EXPECT_EQ(read(info, mvga::testing::with_margin(info, plain.get(), {66, 8, 2, 4}).get(), roi),
                expected)
          << name << ", cropped";
    }
  }
}

TEST(FrameReader, FollowsACropToAnotherSizeThanTheCaps) {
  const GstVideoInfo small = video_info(GST_VIDEO_FORMAT_RGB, 20, 12);
  const Buffer picture =
      painted(small, [](int x, int y) { return static_cast<guint8>(7 * x + y); });
  const Buffer buffer = mvga::testing::with_margin(small, picture.get(), {12, 4, 0, 0});
  FrameReader reader;
  reader.configure(video_info(GST_VIDEO_FORMAT_RGB, 32, 16), Box(), 32);
  const Buffer plain = still_frame(video_info(GST_VIDEO_FORMAT_RGB, 32, 16), 0);
  const Pixels before = copy_of(reader.read(plain.get()));
  EXPECT_EQ(copy_of(reader.read(buffer.get())), read(small, picture.get()));
  EXPECT_EQ(copy_of(reader.read(plain.get())), before) << "not for the next frame as well";
}

TEST(FrameReader, IsOfNoUseBeforeItKnowsTheCaps) {
  FrameReader reader;
  EXPECT_FALSE(reader.configured());
  reader.configure(video_info(GST_VIDEO_FORMAT_RGB, 8, 8), Box(), 8);
  EXPECT_TRUE(reader.configured());
}

TEST(FrameReader, GivesASquareOfTheBackbonesSize) {
  for (const auto& [width, height] : {std::pair{64, 48}, {1, 1}, {7, 201}, {16384, 2}}) {
    const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_NV12, width, height);
    FrameReader reader;
    reader.configure(info, Box(), 24);
    const Buffer frame = still_frame(info, 0);
    const RgbView view = reader.read(frame.get());
    EXPECT_EQ(view.width, 24) << width << "x" << height;
    EXPECT_EQ(view.height, 24) << width << "x" << height;
  }
}

TEST(FrameReader, LeavesAFrameOfThatSizeAsItIs) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 16, 16);
  const Buffer frame = painted(info, [](int x, int y) { return static_cast<guint8>(16 * y + x); });
  const Pixels pixels = read(info, frame.get(), Box(), 16);
  ASSERT_EQ(pixels.size(), 3u * 16 * 16);
  for (int i = 0; i < 16 * 16; ++i)
    for (int c = 0; c < 3; ++c) ASSERT_EQ(pixels[3 * i + c], i) << "pixel " << i;
}

TEST(FrameReader, SeesTheRegionAlone) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 32, 32);
  const Buffer frame = painted(info, [](int x, int y) {
    return static_cast<guint8>(x >= 8 && x < 16 && y >= 16 && y < 24 ? 200 : 10);
  });
  const Pixels pixels = read(info, frame.get(), {0.25, 0.5, 0.25, 0.25});
  EXPECT_TRUE(std::all_of(pixels.begin(), pixels.end(), [](int v) { return v == 200; }));
}

TEST(FrameReader, GoesByStrides) {
  for (const GstVideoFormat format :
       {GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_BGRA, GST_VIDEO_FORMAT_GRAY8, GST_VIDEO_FORMAT_NV12,
        GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_UYVY}) {
    const GstVideoInfo info = video_info(format, 33, 17);
    const Pixels wanted = read(info, still_frame(info, 0).get());
    for (const int bytes : {1, 7, 32})
      EXPECT_EQ(read(info, still_frame(info, 0, Padding{bytes}).get()), wanted)
          << gst_video_format_to_string(format) << ", " << bytes << " bytes behind each row";
  }
}

TEST(FrameReader, SeesBothFieldsOfInterlacedVideoAsOnePicture) {
  const GstVideoInfo progressive = video_info(GST_VIDEO_FORMAT_I420, 32, 32);
  GstVideoInfo interlaced = progressive;
  interlaced.interlace_mode = GST_VIDEO_INTERLACE_MODE_INTERLEAVED;
  const Buffer frame = still_frame(progressive, 0);
  EXPECT_EQ(read(interlaced, frame.get()), read(progressive, frame.get()));
}

TEST(FrameReader, ScalesAFrameOfTwoRows) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 8, 2);
  const Buffer frame =
      painted(info, [](int, int y) { return static_cast<guint8>(y == 0 ? 20 : 220); });
  const Pixels pixels = read(info, frame.get(), Box(), 8);
  // From the middle of one row to the middle of the other.
  const int wanted[] = {20, 20, 45, 95, 145, 195, 220, 220};
  for (int y = 0; y < 8; ++y) EXPECT_EQ(pixels[static_cast<std::size_t>(24 * y)], wanted[y]) << y;
}

TEST(FrameReader, KeepsNothingOfTheLastFrame) {
  for (const int height : {1, 2, 3, 40}) {
    const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 16, height);
    const Buffer dark = painted(info, [](int, int) { return guint8{0}; });
    const Buffer bright = painted(info, [](int, int) { return guint8{255}; });
    FrameReader reader;
    reader.configure(info, Box(), 16);
    reader.read(dark.get());
    const Pixels pixels = copy_of(reader.read(bright.get()));
    EXPECT_EQ(*std::min_element(pixels.begin(), pixels.end()), 255) << height << " rows";
  }
}

/// A frame of 16 bits, of one number.
Buffer deep(const GstVideoInfo& info, guint16 number) {
  Buffer buffer = still_frame(info, 0);
  MappedFrame frame(info, buffer.get(), GST_MAP_WRITE);
  for (int y = 0; y < info.height; ++y)
    for (int x = 0; x < info.width; ++x) {
      auto* at = static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(frame.get(), 0)) +
                 static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_PLANE_STRIDE(frame.get(), 0) +
                 std::ptrdiff_t{2} * x;
      if (GST_VIDEO_INFO_FORMAT(&info) == GST_VIDEO_FORMAT_GRAY16_LE)
        GST_WRITE_UINT16_LE(at, number);
      else
        GST_WRITE_UINT16_BE(at, number);
    }
  return buffer;
}

TEST(FrameReader, TakesTheLargestNumberOfSoManyBitsForWhite) {
  for (const GstVideoFormat format : {GST_VIDEO_FORMAT_GRAY16_LE, GST_VIDEO_FORMAT_GRAY16_BE}) {
    const GstVideoInfo info = video_info(format, 24, 16);
    for (const int bits : {10, 12, 14, 16}) {
      const int white = (1 << bits) - 1;
      FrameReader reader;
      reader.configure(info, Box(), 8, bits);
      for (const int share : {0, 51, 102, 255}) {  // of 255
        const Buffer frame = deep(info, static_cast<guint16>(white * share / 255));
        EXPECT_NEAR(copy_of(reader.read(frame.get()))[0], share, 1) << bits << " bits";
        EXPECT_FALSE(reader.saturated());
      }
      if (bits == 16) continue;
      EXPECT_EQ(copy_of(reader.read(deep(info, static_cast<guint16>(white + 1)).get()))[0], 255);
      EXPECT_TRUE(reader.saturated()) << "what is above white is clipped, and nobody says so";
      reader.read(deep(info, 0).get());
      EXPECT_FALSE(reader.saturated()) << "of the frame before";
    }
  }
}

TEST(FrameReader, CanBeSetUpAnew) {
  const GstVideoInfo first = video_info(GST_VIDEO_FORMAT_NV12, 64, 48);
  const GstVideoInfo second = video_info(GST_VIDEO_FORMAT_RGB, 30, 20);
  const Buffer frame = still_frame(second, 0);
  FrameReader reader;
  reader.configure(first, {0, 0, 0.5, 0.5}, 16);
  reader.read(still_frame(first, 0).get());
  reader.configure(second, Box(), 32);
  EXPECT_EQ(copy_of(reader.read(frame.get())), read(second, frame.get()));
}

TEST(FrameReader, RefusesABufferThatIsTooSmall) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_RGB, 64, 48);
  FrameReader reader;
  reader.configure(info, Box(), 16);
  const Buffer small(gst_buffer_new_allocate(nullptr, 100, nullptr));
  try {
    reader.read(small.get());
    FAIL() << "reads beyond the end";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::unreadable);
    EXPECT_NE(std::string(error.what()).find("100 bytes"), std::string::npos) << error.what();
  }
  EXPECT_NO_THROW(reader.read(still_frame(info, 0).get())) << "the next frame is a good one";
}

}  // namespace
}  // namespace mvga::gst
