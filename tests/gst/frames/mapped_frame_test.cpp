// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A frame is mapped when the buffer holds all of it, and let go of afterwards.
#include "gst/frames/mapped_frame.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "tests/gst/harness/foreign_layouts.h"
#include "tests/gst/harness/video_frames.h"

namespace mvga::gst {
namespace {

using mvga::testing::bottom_up;
using mvga::testing::Buffer;
using mvga::testing::in_pieces;
using mvga::testing::Margin;
using mvga::testing::still_frame;
using mvga::testing::video_info;
using mvga::testing::with_margin;

constexpr std::array kFormats = {
    GST_VIDEO_FORMAT_I420, GST_VIDEO_FORMAT_NV12, GST_VIDEO_FORMAT_YUY2, GST_VIDEO_FORMAT_UYVY,
    GST_VIDEO_FORMAT_RGB,  GST_VIDEO_FORMAT_xBGR, GST_VIDEO_FORMAT_GRAY8};

/// Every sample of the picture, component by component and row by row.
std::vector<int> samples_of(const GstVideoInfo& info, GstBuffer* buffer) {
  MappedFrame mapped(info, buffer, GST_MAP_READ);
  if (!mapped) throw std::runtime_error(mapped.complaint());
  const GstVideoFrame* frame = mapped.get();
  std::vector<int> samples;
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS(frame); ++c)
    for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT(frame, c); ++y)
      for (int x = 0; x < GST_VIDEO_FRAME_COMP_WIDTH(frame, c); ++x)
        samples.push_back(static_cast<const guint8*>(
            GST_VIDEO_FRAME_COMP_DATA(frame, c))[y * GST_VIDEO_FRAME_COMP_STRIDE(frame, c) +
                                                 x * GST_VIDEO_FRAME_COMP_PSTRIDE(frame, c)]);
  return samples;
}

std::string complaint_about(GstBuffer* buffer, const GstVideoInfo& info) {
  const MappedFrame frame(info, buffer, GST_MAP_READ);
  return frame ? "" : frame.complaint();
}

GstVideoInfo i420() {
  return video_info(GST_VIDEO_FORMAT_I420, 34, 18);
}

bool can_be_mapped(GstBuffer* buffer, GstMapFlags flags = GST_MAP_READ) {
  return static_cast<bool>(MappedFrame(i420(), buffer, flags));
}

Buffer of_size(gsize size) {
  return Buffer(gst_buffer_new_allocate(nullptr, size, nullptr));
}

TEST(MappedFrame, IsThePicture) {
  const Buffer buffer = still_frame(i420(), 0);
  MappedFrame frame(i420(), buffer.get(), GST_MAP_READ);
  ASSERT_TRUE(frame);
  EXPECT_EQ(GST_VIDEO_FRAME_WIDTH(frame.get()), 34);
  EXPECT_EQ(GST_VIDEO_FRAME_HEIGHT(frame.get()), 18);
  EXPECT_NE(GST_VIDEO_FRAME_PLANE_DATA(frame.get(), 2), nullptr);
}

TEST(MappedFrame, TakesABufferOfExactlyItsSizeAndNoneThatIsSmaller) {
  EXPECT_TRUE(can_be_mapped(of_size(i420().size).get()));
  EXPECT_FALSE(can_be_mapped(of_size(i420().size - 1).get()));
  EXPECT_FALSE(can_be_mapped(of_size(1).get()));
  EXPECT_FALSE(can_be_mapped(Buffer(gst_buffer_new()).get()));
}

/// With a meta that says that the planes lie further apart than the memory reaches.
TEST(MappedFrame, DoesNotBelieveAMetaThatPointsBeyondTheMemory) {
  GstVideoInfo info = i420();
  for (const guint plane : {0U, 1U, 2U}) {
    const Buffer buffer = of_size(i420().size);
    std::array<gsize, 4> offsets{};
    std::copy_n(info.offset, 4, offsets.begin());
    offsets.at(plane) = info.size - 8;
    gst_buffer_add_video_meta_full(buffer.get(), GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420,
                                   34, 18, 3, offsets.data(), info.stride);
    EXPECT_FALSE(can_be_mapped(buffer.get())) << "plane " << plane << " ends behind the memory";
  }
}

TEST(MappedFrame, TakesPlanesInMemoriesOfTheirOwn) {
  GstVideoInfo info = i420();
  const Buffer buffer(gst_buffer_new());
  std::array<gsize, 4> offsets{};
  for (guint plane = 0; plane < 3; ++plane) {
    const gsize rows = plane == 0 ? 18 : 9;
    const gsize size = rows * static_cast<gsize>(info.stride[plane]);
    offsets.at(plane) = gst_buffer_get_size(buffer.get());
    gst_buffer_append_memory(buffer.get(), gst_allocator_alloc(nullptr, size, nullptr));
  }
  gst_buffer_add_video_meta_full(buffer.get(), GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_I420, 34,
                                 18, 3, offsets.data(), info.stride);
  EXPECT_TRUE(can_be_mapped(buffer.get()));
}

TEST(MappedFrame, LeavesAWritableBufferWritable) {
  const Buffer buffer = still_frame(i420(), 0);
  {
    const MappedFrame frame(i420(), buffer.get(), GST_MAP_READWRITE);
    ASSERT_TRUE(frame);
    EXPECT_TRUE(gst_buffer_is_writable(buffer.get()))
        << "metadata cannot be attached while drawing";
  }
  EXPECT_TRUE(gst_buffer_is_writable(buffer.get()));
}

TEST(MappedFrame, LetsGoOfTheMemory) {
  const Buffer buffer = still_frame(i420(), 0);
  EXPECT_TRUE(can_be_mapped(buffer.get(), GST_MAP_READ));
  EXPECT_TRUE(can_be_mapped(buffer.get(), GST_MAP_WRITE)) << "still mapped for reading";
  const Buffer small = of_size(i420().size - 1);
  EXPECT_FALSE(can_be_mapped(small.get()));
  GstMapInfo memory;
  ASSERT_TRUE(gst_buffer_map(small.get(), &memory, GST_MAP_WRITE)) << "still mapped after refusal";
  gst_buffer_unmap(small.get(), &memory);
}

// ---- as others lay them out

TEST(MappedFrame, TakesRowsFromTheLastToTheFirst) {
  for (const GstVideoFormat format : kFormats) {
    const GstVideoInfo info = video_info(format, 35, 19);
    const Buffer plain = still_frame(info, 0);
    EXPECT_EQ(samples_of(info, bottom_up(info, plain.get()).get()), samples_of(info, plain.get()))
        << gst_video_format_to_string(format);
  }
}

/// What is before the memory, and what is behind it.
TEST(MappedFrame, DoesNotBelieveAMetaWhoseRowsGoBackwardsOutOfTheMemory) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_GRAY8, 32, 16);
  for (const gsize first_row : {0, 1, 14, 16}) {
    const Buffer buffer = of_size(info.size);
    std::array<gsize, 4> offset{first_row * 32};
    std::array<gint, 4> stride{-32};
    gst_buffer_add_video_meta_full(buffer.get(), GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_GRAY8,
                                   32, 16, 1, offset.data(), stride.data());
    EXPECT_NE(complaint_about(buffer.get(), info), "") << "first row " << first_row;
  }
}

TEST(MappedFrame, TakesPlanesThatGoOnInTheNextMemory) {
  for (const GstVideoFormat format : kFormats) {
    const GstVideoInfo info = video_info(format, 34, 18);
    const Buffer plain = still_frame(info, 0);
    const Buffer pieces = in_pieces(plain.get(), 100);
    ASSERT_GT(gst_buffer_n_memory(pieces.get()), 1u);
    EXPECT_EQ(samples_of(info, pieces.get()), samples_of(info, plain.get()))
        << gst_video_format_to_string(format);
  }
}

TEST(MappedFrame, IsWrittenToWhereverItLies) {
  const GstVideoInfo info = video_info(GST_VIDEO_FORMAT_I420, 34, 18);
  const Buffer plain = still_frame(info, 0);
  for (const Buffer& buffer : {bottom_up(info, plain.get()), in_pieces(plain.get(), 100),
                               with_margin(info, plain.get(), {2, 4, 6, 8})}) {
    {
      MappedFrame frame(info, buffer.get(), GST_MAP_READWRITE);
      ASSERT_TRUE(frame) << frame.complaint();
      static_cast<guint8*>(GST_VIDEO_FRAME_COMP_DATA(frame.get(), 2))[0] = 7;
    }
    std::vector<int> expected = samples_of(info, plain.get());
    expected[34 * 18 + 17 * 9] = 7;
    EXPECT_EQ(samples_of(info, buffer.get()), expected);
  }
}

TEST(MappedFrame, IsThePartThatACropMetaLeaves) {
  for (const GstVideoFormat format : kFormats) {
    const GstVideoInfo info = video_info(format, 34, 18);
    const Buffer plain = still_frame(info, 0);
    for (const Margin& margin : {Margin{0, 0, 0, 0}, {34, 0, 0, 0}, {0, 18, 0, 0}, {2, 4, 7, 5}}) {
      const Buffer buffer = with_margin(info, plain.get(), margin);
      MappedFrame frame(info, buffer.get(), GST_MAP_READ);
      ASSERT_TRUE(frame) << frame.complaint();
      EXPECT_EQ(GST_VIDEO_FRAME_WIDTH(frame.get()), 34);
      EXPECT_EQ(GST_VIDEO_FRAME_HEIGHT(frame.get()), 18);
      EXPECT_EQ(samples_of(info, buffer.get()), samples_of(info, plain.get()))
          << gst_video_format_to_string(format) << " " << margin.left << "," << margin.top;
    }
  }
}

/// Planes with a sample for each pixel begin exactly there.
TEST(MappedFrame, IsThatPartFromOddColumnsAndRowsAsWell) {
  for (const GstVideoFormat format :
       {GST_VIDEO_FORMAT_GRAY8, GST_VIDEO_FORMAT_RGB, GST_VIDEO_FORMAT_BGRA}) {
    const GstVideoInfo info = video_info(format, 33, 17);
    const Buffer plain = still_frame(info, 0);
    EXPECT_EQ(samples_of(info, with_margin(info, plain.get(), {5, 3, 1, 2}).get()),
              samples_of(info, plain.get()));
  }
}

TEST(MappedFrame, IsOfTheSizeThatACropMetaSays) {
  const GstVideoInfo info = i420();
  const Buffer buffer = still_frame(info, 0);
  GstVideoCropMeta* crop = gst_buffer_add_video_crop_meta(buffer.get());
  crop->x = 10;
  crop->y = 2;
  crop->width = 20;
  crop->height = 16;
  MappedFrame frame(info, buffer.get(), GST_MAP_READ);
  ASSERT_TRUE(frame);
  EXPECT_EQ(GST_VIDEO_FRAME_WIDTH(frame.get()), 20);
  EXPECT_EQ(GST_VIDEO_FRAME_HEIGHT(frame.get()), 16);
}

TEST(MappedFrame, TakesTheCapsSizeOfAPictureThatIsPadded) {
  const GstVideoInfo info = i420();
  const Buffer plain = still_frame(info, 0);
  const Buffer padded = with_margin(info, plain.get(), {0, 0, 14, 6});
  gst_buffer_remove_meta(padded.get(),
                         reinterpret_cast<GstMeta*>(gst_buffer_get_video_crop_meta(padded.get())));
  EXPECT_EQ(samples_of(info, padded.get()), samples_of(info, plain.get()));
}

struct Contradiction {
  const char* words;
  std::function<void(GstBuffer*)> make;
};

void crop_to(GstBuffer* buffer, guint x, guint y, guint width, guint height) {
  GstVideoCropMeta* crop = gst_buffer_add_video_crop_meta(buffer);
  crop->x = x;
  crop->y = y;
  crop->width = width;
  crop->height = height;
}

TEST(MappedFrame, SaysWhatContradictsTheCaps) {
  const auto meta = [](GstBuffer* buffer) { return gst_buffer_get_video_meta(buffer); };
  const std::vector<Contradiction> contradictions = {
      {"40x18 at 0,0", [](GstBuffer* b) { crop_to(b, 0, 0, 40, 18); }},
      {"34x18 at 1,0", [](GstBuffer* b) { crop_to(b, 1, 0, 34, 18); }},
      {"at 4294967295,0", [](GstBuffer* b) { crop_to(b, G_MAXUINT, 0, 34, 18); }},
      {"0x18", [](GstBuffer* b) { crop_to(b, 0, 0, 0, 18); }},
      {"says 16x18 where its caps promise 34x18", [&](GstBuffer* b) { meta(b)->width = 16; }},
      {"another format", [&](GstBuffer* b) { meta(b)->format = GST_VIDEO_FORMAT_NV12; }},
      {"another format", [&](GstBuffer* b) { meta(b)->n_planes = 1; }},
      {"rows that overlap", [&](GstBuffer* b) { meta(b)->stride[0] = 33; }},
      {"rows that overlap", [&](GstBuffer* b) { meta(b)->stride[1] = 0; }},
      {"rows that overlap", [&](GstBuffer* b) { meta(b)->stride[2] = -3; }},
      {"too small", [&](GstBuffer* b) { meta(b)->stride[0] = G_MAXINT; }},
      {"too small", [&](GstBuffer* b) { meta(b)->stride[0] = G_MININT + 1; }},
      {"too small", [&](GstBuffer* b) { meta(b)->offset[1] = G_MAXSIZE; }},
  };
  for (const Contradiction& contradiction : contradictions) {
    const Buffer buffer = still_frame(i420(), 0);
    contradiction.make(buffer.get());
    const std::string complaint = complaint_about(buffer.get(), i420());
    EXPECT_NE(complaint.find(contradiction.words), std::string::npos)
        << "'" << contradiction.words << "' is not in '" << complaint << "'";
  }
}

}  // namespace
}  // namespace mvga::gst
