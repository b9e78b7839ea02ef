// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Blending into formats whose components are looked at one by one: YUV, gray and 24-bit RGB.
#pragma once

#include <gst/video/video.h>

#include "gst/drawing/rectangle_rows.h"

namespace mvga::overlay {

/// Chroma with fewer samples than pixels receives the mean of the pixels it stands for.
void blend_components(RectangleRows& rows, GstVideoFrame* frame);

}  // namespace mvga::overlay
