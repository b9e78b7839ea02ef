// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames for the elements, in any format and with any padding.
#pragma once

#include <gst/video/video.h>

#include <memory>

namespace mvga::testing {

struct UnrefBuffer {
  void operator()(GstBuffer* buffer) const { gst_buffer_unref(buffer); }
};
using Buffer = std::unique_ptr<GstBuffer, UnrefBuffer>;

/// Of all frames below.
inline constexpr GstClockTime kFrameTime = GST_SECOND / 25;

/// Bytes after each row that belong to no pixel; an odd number makes for odd strides.
struct Padding {
  int bytes = 0;
};

GstVideoInfo video_info(GstVideoFormat format, int width, int height);

/// What a camera sees of a normal scene: a fixed texture, with noise that depends on `seed`. Frame
/// `seed` comes `seed` frames after the beginning.
Buffer normal_frame(const GstVideoInfo& info, unsigned seed, Padding padding = {});

/// The same with a bright block at the right border, half as high as the frame.
Buffer anomalous_frame(const GstVideoInfo& info, unsigned seed, Padding padding = {});

/// The same texture every time, without noise.
Buffer still_frame(const GstVideoInfo& info, unsigned seed, Padding padding = {});

/// Every sample another, over the whole range.
Buffer noisy_frame(const GstVideoInfo& info, unsigned seed, Padding padding = {});

}  // namespace mvga::testing
