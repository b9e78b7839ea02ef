// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/foreign_layouts.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace mvga::testing {
namespace {

/// Where the planes of a buffer are.
struct Layout {
  GstVideoInfo info;  ///< its size is that of the picture in the buffer
  std::array<gsize, GST_VIDEO_MAX_PLANES> offset{};
  std::array<gint, GST_VIDEO_MAX_PLANES> stride{};
  gsize size = 0;
};

gsize rows_of(const GstVideoInfo& info, guint plane) {
  for (guint c = 0; c < GST_VIDEO_INFO_N_COMPONENTS(&info); ++c)
    if (GST_VIDEO_FORMAT_INFO_PLANE(info.finfo, c) == plane)
      return static_cast<gsize>(GST_VIDEO_INFO_COMP_HEIGHT(&info, c));
  return 0;
}

Layout plain(const GstVideoInfo& info) {
  Layout layout{info};
  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES(&info); ++p) {
    layout.offset.at(p) = layout.size;
    layout.stride.at(p) = GST_VIDEO_INFO_PLANE_STRIDE(&info, p);
    layout.size += rows_of(info, p) * static_cast<gsize>(layout.stride.at(p));
  }
  return layout;
}

void copy_rows(GstVideoFrame* from, const Layout& to, const Margin& margin, guint8* memory) {
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS(from); ++c) {
    const GstVideoFormatInfo* format = from->info.finfo;
    const guint plane = GST_VIDEO_FORMAT_INFO_PLANE(format, c);
    const int step = GST_VIDEO_FORMAT_INFO_PSTRIDE(format, c);
    const int left = margin.left >> GST_VIDEO_FORMAT_INFO_W_SUB(format, c);
    const int top = margin.top >> GST_VIDEO_FORMAT_INFO_H_SUB(format, c);
    const auto* source = static_cast<const guint8*>(GST_VIDEO_FRAME_COMP_DATA(from, c));
    guint8* target = memory + to.offset.at(plane) + GST_VIDEO_FORMAT_INFO_POFFSET(format, c);
    for (int y = 0; y < GST_VIDEO_FRAME_COMP_HEIGHT(from, c); ++y)
      for (int x = 0; x < GST_VIDEO_FRAME_COMP_WIDTH(from, c); ++x)
        target[(y + top) * to.stride.at(plane) + (x + left) * step] =
            source[y * GST_VIDEO_FRAME_COMP_STRIDE(from, c) + x * step];
  }
}

Buffer laid_out(const GstVideoInfo& info, GstBuffer* frame, Layout layout, const Margin& margin) {
  std::vector<guint8> bytes(layout.size, 0xee);
  GstVideoFrame mapped;
  gst_video_frame_map(&mapped, &info, frame, GST_MAP_READ);
  copy_rows(&mapped, layout, margin, bytes.data());
  gst_video_frame_unmap(&mapped);
  Buffer buffer(gst_buffer_new_memdup(bytes.data(), bytes.size()));
  gst_buffer_copy_into(buffer.get(), frame, GST_BUFFER_COPY_TIMESTAMPS, 0, -1);
  gst_buffer_add_video_meta_full(
      buffer.get(), GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_INFO_FORMAT(&info),
      static_cast<guint>(layout.info.width), static_cast<guint>(layout.info.height),
      GST_VIDEO_INFO_N_PLANES(&info), layout.offset.data(), layout.stride.data());
  return buffer;
}

}  // namespace

Buffer bottom_up(const GstVideoInfo& info, GstBuffer* frame) {
  Layout layout = plain(info);
  for (guint p = 0; p < GST_VIDEO_INFO_N_PLANES(&info); ++p) {
    layout.offset.at(p) += (rows_of(info, p) - 1) * static_cast<gsize>(layout.stride.at(p));
    layout.stride.at(p) *= -1;
  }
  return laid_out(info, frame, layout, {});
}

Buffer with_margin(const GstVideoInfo& info, GstBuffer* frame, const Margin& margin) {
  const GstVideoInfo whole =
      video_info(GST_VIDEO_INFO_FORMAT(&info), margin.left + info.width + margin.right,
                 margin.top + info.height + margin.bottom);
  Buffer buffer = laid_out(info, frame, plain(whole), margin);
  GstVideoCropMeta* crop = gst_buffer_add_video_crop_meta(buffer.get());
  crop->x = static_cast<guint>(margin.left);
  crop->y = static_cast<guint>(margin.top);
  crop->width = static_cast<guint>(info.width);
  crop->height = static_cast<guint>(info.height);
  return buffer;
}

Buffer in_pieces(GstBuffer* frame, gsize bytes) {
  Buffer buffer(gst_buffer_new());
  const gsize all = gst_buffer_get_size(frame);
  for (gsize at = 0; at < all; at += bytes) {
    const gsize size = std::min(bytes, all - at);
    std::vector<guint8> piece(size);
    gst_buffer_extract(frame, at, piece.data(), size);
    GstMemory* memory = gst_allocator_alloc(nullptr, size, nullptr);
    GstMapInfo map;
    gst_memory_map(memory, &map, GST_MAP_WRITE);
    std::memcpy(map.data, piece.data(), size);
    gst_memory_unmap(memory, &map);
    gst_buffer_append_memory(buffer.get(), memory);
  }
  gst_buffer_copy_into(buffer.get(), frame,
                       static_cast<GstBufferCopyFlags>(static_cast<int>(GST_BUFFER_COPY_METADATA)),
                       0, -1);
  return buffer;
}

}  // namespace mvga::testing
