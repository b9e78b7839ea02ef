// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/mapped_frame.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>

#include "gst/frames/component_offset.h"

namespace mvga::gst {
namespace {

struct Bytes {
  const guint8* begin;
  const guint8* end;
};

/// From the first byte of a component to behind its last.
Bytes bytes_of(const GstVideoFrame& frame, guint component) {
  const auto* first = component_data(frame, component);
  const std::ptrdiff_t rows = GST_VIDEO_FRAME_COMP_HEIGHT(&frame, component);
  const std::ptrdiff_t columns = GST_VIDEO_FRAME_COMP_WIDTH(&frame, component);
  const std::ptrdiff_t sample = GST_VIDEO_FRAME_COMP_DEPTH(&frame, component) > 8 ? 2 : 1;
  return {first, first + (rows - 1) * GST_VIDEO_FRAME_COMP_STRIDE(&frame, component) +
                     (columns - 1) * GST_VIDEO_FRAME_COMP_PSTRIDE(&frame, component) + sample};
}

bool lies_in(const Bytes& bytes, const GstMapInfo& memory) {
  // std::less_equal: the pointers may be to different memories.
  constexpr std::less_equal<> not_after;
  return memory.data != nullptr && not_after(memory.data, bytes.begin) &&
         not_after(bytes.end, memory.data + memory.size);
}

/// With a GstVideoMeta GStreamer looks no further than the first byte of each plane.
bool is_whole(const GstVideoFrame& frame) {
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS(&frame); ++c) {
    const Bytes bytes = bytes_of(frame, c);
    if (std::none_of(std::begin(frame.map), std::end(frame.map),
                     [&](const GstMapInfo& memory) { return lies_in(bytes, memory); }))
      return false;
  }
  return true;
}

}  // namespace

MappedFrame::MappedFrame(const GstVideoInfo& info, GstBuffer* buffer, GstMapFlags flags)
    : frame_{} {
  const int all = static_cast<int>(flags) | static_cast<int>(GST_VIDEO_FRAME_MAP_FLAG_NO_REF);
  mapped_ = gst_video_frame_map(&frame_, &info, buffer, static_cast<GstMapFlags>(all));
  if (mapped_ && !is_whole(frame_)) unmap();
}

void MappedFrame::unmap() {
  if (mapped_) gst_video_frame_unmap(&frame_);
  mapped_ = false;
}

}  // namespace mvga::gst
