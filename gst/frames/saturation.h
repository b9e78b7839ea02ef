// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Samples that are brighter than what was white when a model was learned.
#pragma once

#include <gst/video/video.h>

#include <string>

#include "gst/frames/pixel_box.h"

namespace mvga::gst {

/// Whether samples of 16 bits in that part are above the largest number of so many bits. Other
/// formats say themselves what is white.
bool has_above(const GstVideoFrame& frame, const PixelRect& part, int bits);

/// What an element or a program says of the first of such frames.
std::string saturation_text(int bits);

}  // namespace mvga::gst
