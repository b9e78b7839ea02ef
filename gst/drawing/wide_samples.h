// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Blending into components whose samples have 9 to 16 bits, in two bytes.
#pragma once

#include <gst/video/video.h>

#include <cstdint>

#include "gst/drawing/channels.h"
#include "gst/drawing/component_weights.h"

namespace mvga::overlay {

struct WideSamples {
  int depth = 8;
  int shift = 0;  ///< bits below the sample that are not used
  bool low_byte_first = true;
  bool full_range = false;

  /// Samples under transparent parts keep their exact values.
  /// @param row its first sample, of which the next one is `pixel_stride` bytes behind
  void over(const Channels& channels, const Range& range, const ComponentWeights& weights,
            std::uint8_t* row, int pixel_stride) const;
};

WideSamples wide_samples(const GstVideoInfo& info, guint component);

}  // namespace mvga::overlay
