// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames that are not what a camera saw, as those who made them have marked them.
#pragma once

#include <gst/gst.h>

namespace mvga::gst {

/// Filler: a frame that was made up, or shown again, because none came.
inline bool is_filler(GstBuffer* frame) {
  return GST_BUFFER_FLAG_IS_SET(frame, GST_BUFFER_FLAG_GAP);
}

/// What an element says of the first of them.
inline constexpr const char* kCorruptedFrame =
    "A frame is marked as corrupted, damaged by what the camera or the network sent: such frames "
    "are "
    "neither learned nor judged. They pass, and are counted.";

/// Damaged on its way: what it shows is in part what a decoder or a driver was left with.
inline bool is_corrupted(GstBuffer* frame) {
  return GST_BUFFER_FLAG_IS_SET(frame, GST_BUFFER_FLAG_CORRUPTED);
}

}  // namespace mvga::gst
