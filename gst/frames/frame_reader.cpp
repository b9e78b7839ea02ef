// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/frame_reader.h"

#include <string>

#include "core/base/error.h"
#include "gst/frames/mapped_frame.h"
#include "gst/frames/picture_layout.h"
#include "gst/frames/saturation.h"

namespace mvga::gst {

void FrameReader::configure(const GstVideoInfo& info, const Box& roi, int side, int bits) {
  info_ = info;
  roi_ = roi;
  side_ = side;
  bits_ = bits;
  set_size(info.width, info.height);
}

void FrameReader::set_size(int width, int height) {
  const PixelRect part = pixels_of(roi_, width, height);
  if (part.empty()) throw Error(ErrorKind::settings, "the region of interest is empty");
  picture_ = info_;
  picture_.width = width;
  picture_.height = height;
  reader_.emplace(picture_layout(picture_, bits_),
                  PicturePart{{part.x, part.width}, {part.y, part.height}}, side_, side_);
}

RgbView FrameReader::read(GstBuffer* buffer) {
  MappedFrame frame(info_, buffer, GST_MAP_READ);
  if (!frame) throw Error(ErrorKind::unreadable, frame.complaint());
  const GstVideoInfo& found = frame.get()->info;
  if (found.width != picture_.width || found.height != picture_.height)
    set_size(found.width, found.height);
  saturated_ = has_above(*frame.get(), pixels_of(roi_, found.width, found.height), bits_);
  return reader_->read(plane_views(*frame.get()));
}

}  // namespace mvga::gst
