// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A frame is mapped when the buffer holds all of it, and let go of afterwards.
#include "gst/frames/mapped_frame.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/gst/harness/video_frames.h"

namespace mvga::gst {
namespace {

using mvga::testing::Buffer;
using mvga::testing::still_frame;
using mvga::testing::video_info;

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

}  // namespace
}  // namespace mvga::gst
