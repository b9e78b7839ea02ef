// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How GStreamer's formats lie in memory, and what colours they mean.
#pragma once

#include <gst/video/video.h>

#include "core/features/picture_layout.h"
#include "core/features/reading.h"

namespace mvga::gst {

/// By the format's own description, colorimetry, range and place of the chroma samples. Where these
/// are not known, as GStreamer has it: chroma between the pixels that share it; and BT.601, narrow
/// for YUV, full for the others. Alpha is left out.
/// @param bits in samples of 16, whose largest number is white; no matter for others
PictureLayout picture_layout(const GstVideoInfo& info, int bits = kAllBits);

/// Of a frame with that format.
PlaneViews plane_views(const GstVideoFrame& frame);

}  // namespace mvga::gst
