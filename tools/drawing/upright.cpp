// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/drawing/upright.h"

#include <cstring>
#include <utility>

#include "gst/frames/mapped_frame.h"
#include "tools/pictures/orientation.h"

namespace mvga::tool {
namespace {

/// A grid of values, row by row.
template <typename Values>
Values upright_values(const Values& stored, const Turn& turn, int stored_width) {
  Values seen;
  seen.reserve(stored.size());
  for (int y = 0; y < turn.height(); ++y)
    for (int x = 0; x < turn.width(); ++x) {
      const auto [column, row] = turn.stored(x, y);
      seen.push_back(stored[static_cast<std::size_t>(row) * static_cast<std::size_t>(stored_width) +
                            static_cast<std::size_t>(column)]);
    }
  return seen;
}

guint8* pixel_at(GstVideoFrame* frame, int x, int y) {
  return static_cast<guint8*>(GST_VIDEO_FRAME_PLANE_DATA(frame, 0)) +
         static_cast<std::ptrdiff_t>(y) * GST_VIDEO_FRAME_PLANE_STRIDE(frame, 0) +
         static_cast<std::ptrdiff_t>(x) * 3;
}

}  // namespace

RgbBuffer make_rgb(int width, int height) {
  RgbBuffer rgb;
  gst_video_info_set_format(&rgb.info, GST_VIDEO_FORMAT_RGB, static_cast<guint>(width),
                            static_cast<guint>(height));
  rgb.buffer.reset(gst_buffer_new_allocate(nullptr, GST_VIDEO_INFO_SIZE(&rgb.info), nullptr));
  return rgb;
}

RgbBuffer upright(RgbBuffer stored, int orientation) {
  if (orientation == 1) return stored;
  const Turn turn(orientation, GST_VIDEO_INFO_WIDTH(&stored.info),
                  GST_VIDEO_INFO_HEIGHT(&stored.info));
  RgbBuffer seen = make_rgb(turn.width(), turn.height());
  gst::MappedFrame from(stored.info, stored.buffer.get(), GST_MAP_READ);
  gst::MappedFrame to(seen.info, seen.buffer.get(), GST_MAP_WRITE);
  for (int y = 0; y < turn.height(); ++y)
    for (int x = 0; x < turn.width(); ++x) {
      const auto [column, row] = turn.stored(x, y);
      std::memcpy(pixel_at(to.get(), x, y), pixel_at(from.get(), column, row), 3);
    }
  return seen;
}

Detection upright(const Detection& stored, int orientation) {
  Detection seen = stored;
  if (orientation == 1) return seen;
  const Turn turn(orientation, stored.map.width, stored.map.height);
  seen.map = {turn.height(), turn.width(),
              upright_values(stored.map.values, turn, stored.map.width)};
  seen.roi = turn.seen(stored.roi);
  for (Region& region : seen.regions) region.box = turn.seen(region.box);
  return seen;
}

Mask upright(const Mask& stored, int orientation) {
  Mask seen = stored;
  if (orientation == 1) return seen;
  const Turn turn(orientation, stored.width, stored.height);
  seen.width = turn.width();
  seen.height = turn.height();
  seen.defect = upright_values(stored.defect, turn, stored.width);
  return seen;
}

}  // namespace mvga::tool
