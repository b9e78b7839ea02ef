// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/frame_reader.h"

#include <string>

#include "core/base/error.h"
#include "gst/frames/mapped_frame.h"
#include "gst/frames/picture_layout.h"

namespace mvga::gst {

void FrameReader::configure(const GstVideoInfo& info, const Box& roi, int side) {
  const PixelRect part = pixels_of(roi, info.width, info.height);
  if (part.empty()) throw Error(ErrorKind::settings, "the region of interest is empty");
  info_ = info;
  reader_.emplace(picture_layout(info), PicturePart{{part.x, part.width}, {part.y, part.height}},
                  side, side);
}

RgbView FrameReader::read(GstBuffer* buffer) {
  MappedFrame frame(info_, buffer, GST_MAP_READ);
  if (!frame)
    throw Error(ErrorKind::unreadable, "a buffer of " +
                                           std::to_string(gst_buffer_get_size(buffer)) +
                                           " bytes is too small for the frame its caps promise");
  return reader_->read(plane_views(*frame.get()));
}

}  // namespace mvga::gst
