// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/picture_part.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace mvga::gst {
namespace {

struct Size {
  guint width;
  guint height;
};

std::string text_of(const Size& size) {
  return std::to_string(size.width) + "x" + std::to_string(size.height);
}

Size size_of(const GstVideoInfo& info) {
  return {static_cast<guint>(info.width), static_cast<guint>(info.height)};
}

bool rows_are_apart(const GstVideoMeta& meta, const GstVideoFormatInfo& format) {
  for (guint c = 0; c < GST_VIDEO_FORMAT_INFO_N_COMPONENTS(&format); ++c) {
    const auto row = GST_VIDEO_FORMAT_INFO_SCALE_WIDTH(&format, c, std::int64_t{meta.width}) *
                     GST_VIDEO_FORMAT_INFO_PSTRIDE(&format, c);
    const std::int64_t stride = meta.stride[GST_VIDEO_FORMAT_INFO_PLANE(&format, c)];
    if (meta.height > 1 && std::abs(stride) < row) return false;
  }
  return true;
}

std::string contradiction(const GstVideoMeta& meta, const GstVideoInfo& info) {
  if (meta.format != GST_VIDEO_INFO_FORMAT(&info) ||
      meta.n_planes != GST_VIDEO_INFO_N_PLANES(&info))
    return std::string("a buffer whose GstVideoMeta is of another format than its caps, ") +
           gst_video_format_to_string(GST_VIDEO_INFO_FORMAT(&info));
  const Size caps = size_of(info);
  if (meta.width < caps.width || meta.height < caps.height)
    return "a buffer whose GstVideoMeta says " + text_of({meta.width, meta.height}) +
           " where its caps promise " + text_of(caps);
  if (!rows_are_apart(meta, *info.finfo))
    return "a buffer whose GstVideoMeta has rows that overlap: its strides are too short for " +
           text_of({meta.width, meta.height});
  return {};
}

bool lies_in(const GstVideoCropMeta& crop, const Size& whole) {
  return crop.width > 0 && crop.height > 0 && crop.x <= whole.width &&
         crop.width <= whole.width - crop.x && crop.y <= whole.height &&
         crop.height <= whole.height - crop.y;
}

PixelRect rect_of(guint x, guint y, guint width, guint height) {
  return {static_cast<int>(x), static_cast<int>(y), static_cast<int>(width),
          static_cast<int>(height)};
}

/// How many columns of a plane can only be had together: two where a byte of it is for both.
unsigned column_shift(const GstVideoFormatInfo& format, guint plane) {
  unsigned most = 0;
  for (guint c = 0; c < GST_VIDEO_FORMAT_INFO_N_COMPONENTS(&format); ++c)
    if (GST_VIDEO_FORMAT_INFO_PLANE(&format, c) == plane)
      most = std::max<unsigned>(most, GST_VIDEO_FORMAT_INFO_W_SUB(&format, c));
  return most;
}

std::ptrdiff_t offset_in_plane(const GstVideoFrame& frame, guint component, const PixelRect& part) {
  const GstVideoFormatInfo& format = *frame.info.finfo;
  const guint plane = GST_VIDEO_FORMAT_INFO_PLANE(&format, component);
  const unsigned shared = column_shift(format, plane);
  const int x = (part.x >> shared << shared) >> GST_VIDEO_FORMAT_INFO_W_SUB(&format, component);
  const int y = part.y >> GST_VIDEO_FORMAT_INFO_H_SUB(&format, component);
  return static_cast<std::ptrdiff_t>(y) * frame.info.stride[plane] +
         static_cast<std::ptrdiff_t>(x) * GST_VIDEO_FORMAT_INFO_PSTRIDE(&format, component);
}

}  // namespace

ShownPart picture_part(GstBuffer* buffer, const GstVideoInfo& info) {
  Size whole = size_of(info);
  if (const GstVideoMeta* meta = gst_buffer_get_video_meta(buffer)) {
    if (std::string complaint = contradiction(*meta, info); !complaint.empty())
      return {{}, std::move(complaint)};
    whole = {meta->width, meta->height};
  }
  const GstVideoCropMeta* crop = gst_buffer_get_video_crop_meta(buffer);
  if (crop == nullptr) return {{0, 0, info.width, info.height}, {}};
  if (!lies_in(*crop, whole))
    return {{},
            "a buffer whose GstVideoCropMeta names " + text_of({crop->width, crop->height}) +
                " at " + std::to_string(crop->x) + "," + std::to_string(crop->y) +
                ", which is no part of its " + text_of(whole) + " picture"};
  return {rect_of(crop->x, crop->y, crop->width, crop->height), {}};
}

void narrow(GstVideoFrame& frame, const PixelRect& part) {
  std::array<bool, GST_VIDEO_MAX_PLANES> moved{};
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS(&frame); ++c) {
    const guint plane = GST_VIDEO_FORMAT_INFO_PLANE(frame.info.finfo, c);
    if (std::exchange(moved.at(plane), true)) continue;
    frame.data[plane] = static_cast<guint8*>(frame.data[plane]) + offset_in_plane(frame, c, part);
  }
  frame.info.width = part.width;
  frame.info.height = part.height;
}

}  // namespace mvga::gst
