// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/mapped_frame.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "gst/frames/component_offset.h"
#include "gst/frames/picture_part.h"

namespace mvga::gst {
namespace {

/// As numbers: what a wrong meta points at may be no memory at all.
struct Bytes {
  std::uintptr_t begin;
  std::uintptr_t end;
};

/// From the first byte of a component to behind its last, wherever its first row is.
Bytes bytes_of(const GstVideoFrame& frame, guint component) {
  const auto first = reinterpret_cast<std::uintptr_t>(component_data(frame, component));
  const std::intptr_t rows = GST_VIDEO_FRAME_COMP_HEIGHT(&frame, component);
  const std::intptr_t columns = GST_VIDEO_FRAME_COMP_WIDTH(&frame, component);
  const auto bits = GST_VIDEO_FRAME_COMP_DEPTH(&frame, component) +
                    GST_VIDEO_FORMAT_INFO_SHIFT(frame.info.finfo, component);
  const std::uintptr_t last =
      first +
      static_cast<std::uintptr_t>((rows - 1) * GST_VIDEO_FRAME_COMP_STRIDE(&frame, component));
  const std::uintptr_t row =
      static_cast<std::uintptr_t>((columns - 1) * GST_VIDEO_FRAME_COMP_PSTRIDE(&frame, component)) +
      (bits + 7) / 8;
  return {std::min(first, last), std::max(first, last) + row};
}

bool lies_in(const Bytes& bytes, const GstMapInfo& memory) {
  const auto begin = reinterpret_cast<std::uintptr_t>(memory.data);
  return memory.data != nullptr && begin <= bytes.begin && bytes.begin < bytes.end &&
         bytes.end <= begin + memory.size;
}

}  // namespace

MappedFrame::MappedFrame(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags)
    : buffer_(buffer) {
  const ShownPart part = picture_part(buffer, info);
  complaint_ = part.complaint;
  if (!complaint_.empty()) return;
  const auto holds_part = [&] {
    narrow(frame_, part.rect);
    return is_whole();
  };
  // With a GstVideoMeta GStreamer takes the memory that has a plane's first byte for all of it.
  if (map_by_planes(info, buffer, flags) && holds_part()) return;
  unmap();
  if (map_in_one(info, buffer, flags) && holds_part()) return;
  unmap();
  complaint_ = "a buffer of " + std::to_string(gst_buffer_get_size(buffer)) +
               " bytes is too small for the frame its caps promise";
}

bool MappedFrame::is_whole() const {
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS(&frame_); ++c) {
    const Bytes bytes = bytes_of(frame_, c);
    if (!lies_in(bytes, memory_) &&
        std::none_of(std::begin(frame_.map), std::end(frame_.map),
                     [&](const GstMapInfo& memory) { return lies_in(bytes, memory); }))
      return false;
  }
  return true;
}

bool MappedFrame::map_by_planes(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags) {
  const int all = static_cast<int>(flags) | static_cast<int>(GST_VIDEO_FRAME_MAP_FLAG_NO_REF);
  if (gst_video_frame_map(&frame_, &info, buffer, static_cast<GstMapFlags>(all)))
    mapped_ = Mapped::by_planes;
  return mapped_ == Mapped::by_planes;
}

bool MappedFrame::map_in_one(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags) {
  const GstVideoMeta* meta = gst_buffer_get_video_meta(buffer);
  if (meta == nullptr || gst_buffer_n_memory(buffer) < 2) return false;
  if (!gst_buffer_map(buffer, &memory_, flags)) return false;
  mapped_ = Mapped::in_one;
  frame_ = {};
  frame_.info = info;
  frame_.buffer = buffer;
  for (guint plane = 0; plane < meta->n_planes; ++plane) {
    if (meta->offset[plane] >= memory_.size) return false;
    frame_.data[plane] = memory_.data + meta->offset[plane];
    frame_.info.stride[plane] = meta->stride[plane];
  }
  return true;
}

void MappedFrame::unmap() {
  if (mapped_ == Mapped::by_planes) gst_video_frame_unmap(&frame_);
  if (mapped_ == Mapped::in_one) gst_buffer_unmap(buffer_, &memory_);
  mapped_ = Mapped::not_at_all;
}

}  // namespace mvga::gst
