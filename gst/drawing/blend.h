// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Blends an overlay composition into a frame.
//
// gst_video_overlay_composition_blend() is not used for the formats that mvgadetect takes (as of
// GStreamer 1.22): it takes the padding byte of RGBx and its kin for an alpha, it converts to YUV
// with the BT.709 matrix and the narrow range whatever the frame's colorimetry, and it needs about
// 10 ms for a million pixels.
#pragma once

#include <gst/video/video.h>

namespace mvga::overlay {

/// Honours strides and colorimetry. Pixels under transparent parts keep their exact values.
/// `frame` is mapped for reading and writing. Formats other than the ones below go through
/// GStreamer's own function.
/// All that the elements take (gst/frames/formats.h).
/// @return false if the format cannot be blended into
bool blend(GstVideoOverlayComposition* composition, GstVideoFrame* frame);

}  // namespace mvga::overlay
