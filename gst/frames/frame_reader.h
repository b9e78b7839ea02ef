// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From a buffer in any of our formats to the picture that a backbone takes.
#pragma once

#include <gst/video/video.h>

#include <cstdint>
#include <vector>

#include "core/base/box.h"
#include "core/features/rgb_view.h"
#include "gst/frames/handles.h"
#include "gst/frames/pixel_box.h"

namespace mvga::gst {

/// Crops to the region of interest, scales to a square and converts to RGB in one pass, honouring
/// strides and colorimetry. Not thread-safe.
class FrameReader {
 public:
  /// Caps or region have changed.
  /// @throws Error settings if GStreamer cannot convert such frames, or the region is empty
  void configure(const GstVideoInfo& info, const Box& roi, int side);

  /// The view lives until the next call.
  /// @throws Error unreadable if the buffer does not hold what its caps promise
  RgbView read(GstBuffer* buffer);

  bool configured() const { return converter_ != nullptr; }
  const GstVideoInfo& info() const { return info_; }

 private:
  void set_size(int width, int height);
  void make_converter();
  RgbView stretched();

  GstVideoInfo info_{};     ///< of the caps
  GstVideoInfo picture_{};  ///< the same, in the size that the last buffer's picture had
  Box roi_;
  PixelRect source_;  ///< the region
  int side_ = 0;
  bool low_ = false;  ///< too few rows to be scaled in height by GStreamer
  GstVideoInfo rgb_info_{};
  Converter converter_;
  GstVideoFrame rgb_frame_{};
  std::vector<std::uint8_t> rgb_;
  std::vector<std::uint8_t> stretched_;
};

}  // namespace mvga::gst
