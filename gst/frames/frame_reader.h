// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From a buffer in any of our formats to the picture that a backbone takes.
#pragma once

#include <gst/video/video.h>

#include <optional>

#include "core/base/box.h"
#include "core/features/picture_reader.h"
#include "core/features/reading.h"
#include "core/features/rgb_view.h"
#include "gst/frames/pixel_box.h"

namespace mvga::gst {

/// Crops to the region of interest, scales to a square and converts to RGB in one pass, honouring
/// strides and colorimetry. Fields of interlaced video are looked at together, as one picture.
/// Not thread-safe.
class FrameReader {
 public:
  /// Caps or region have changed.
  /// @param bits in samples of 16, whose largest number is white
  /// @throws Error settings if the region is empty
  void configure(const GstVideoInfo& info, const Box& roi, int side, int bits = kAllBits);

  /// The view lives until the next call.
  /// @throws Error unreadable if the buffer does not hold what its caps promise
  RgbView read(GstBuffer* buffer);

  /// Whether something in the region of the last frame was brighter than white.
  bool saturated() const { return saturated_; }
  bool configured() const { return reader_.has_value(); }
  const GstVideoInfo& info() const { return info_; }

 private:
  /// That of the caps, or of a buffer that was cropped to another one.
  void set_size(int width, int height);

  GstVideoInfo info_{};     ///< of the caps
  GstVideoInfo picture_{};  ///< the same, in the size that the last buffer's picture had
  Box roi_;
  int side_ = 0;
  int bits_ = kAllBits;
  bool saturated_ = false;
  std::optional<PictureReader> reader_;
};

}  // namespace mvga::gst
