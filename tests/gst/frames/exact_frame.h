// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A frame as GStreamer unpacks it and the standards have its colours, for exact arithmetic.
#pragma once

#include <gst/video/video.h>

#include "tests/core/features/exact_picture.h"

namespace mvga::testing {

/// How luma and colour differences are made of red, green and blue.
struct Standard {
  const char* colorimetry;  ///< in caps
  double kr, kb;
  bool full_range;
};

inline constexpr Standard kStandards[] = {{"bt601", 0.299, 0.114, false},
                                          {"bt709", 0.2126, 0.0722, false},
                                          {"bt2020", 0.2627, 0.0593, false},
                                          {"1:4:0:0", 0.299, 0.114, true},  // JPEG
                                          {"1:3:5:1", 0.2126, 0.0722, true}};

/// @param standard counts for YUV alone
ExactPicture exact_frame(const GstVideoInfo& info, GstBuffer* buffer, const Standard& standard);

}  // namespace mvga::testing
