// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which part of a mapped frame is the picture: buffers may hold more than their caps say.
#pragma once

#include <gst/video/video.h>

#include <string>

#include "gst/frames/pixel_box.h"

namespace mvga::gst {

/// What of the buffer is the picture, in pixels of the frame that it holds; `complaint` says why
/// there is none.
struct ShownPart {
  PixelRect rect;
  std::string complaint;
};

/// By the buffer's GstVideoCropMeta and GstVideoMeta, where it has any.
ShownPart picture_part(GstBuffer* buffer, const GstVideoInfo& info);

/// Makes the frame that part of itself. Where columns or rows share a chroma sample, the first one
/// is that of the part's corner; where they share all samples (YUY2), the part begins with the
/// whole of them.
void narrow(GstVideoFrame& frame, const PixelRect& part);

}  // namespace mvga::gst
