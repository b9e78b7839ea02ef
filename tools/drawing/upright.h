// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames and what is known of them, turned to how people see them.
#pragma once

#include <gst/video/video.h>

#include "core/scoring/detection.h"
#include "gst/frames/handles.h"
#include "tools/media/mask.h"

namespace mvga::tool {

/// RGB.
struct RgbBuffer {
  GstVideoInfo info{};
  gst::Owned<GstBuffer> buffer;
};

/// @param width,height of a picture to be filled
RgbBuffer make_rgb(int width, int height);

/// @param orientation as Frame::orientation() has it
RgbBuffer upright(RgbBuffer stored, int orientation);
Detection upright(const Detection& stored, int orientation);
Mask upright(const Mask& stored, int orientation);

}  // namespace mvga::tool
