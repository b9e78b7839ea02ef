// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames laid out in memory as others lay them out.
#pragma once

#include "tests/gst/harness/video_frames.h"

namespace mvga::testing {

/// The same picture with its last row first in memory: strides are negative.
Buffer bottom_up(const GstVideoInfo& info, GstBuffer* frame);

/// The same picture inside a larger one, which a GstVideoCropMeta leaves out; caps are still those
/// of the picture. What is around it is 0xee.
struct Margin {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
};
Buffer with_margin(const GstVideoInfo& info, GstBuffer* frame, const Margin& margin);

/// The same bytes in memories of so many bytes each, wherever planes begin and end.
Buffer in_pieces(GstBuffer* frame, gsize bytes);

}  // namespace mvga::testing
