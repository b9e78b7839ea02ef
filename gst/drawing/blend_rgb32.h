// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Blending into RGB with four bytes a pixel.
#pragma once

#include <gst/video/video.h>

#include "gst/drawing/rectangle_rows.h"

namespace mvga::overlay {

/// A padding byte is left as it is. An alpha (not premultiplied) is blended as well.
void blend_rgb32(RectangleRows& rows, GstVideoFrame* frame);

}  // namespace mvga::overlay
