// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/wide_samples.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace mvga::overlay {
namespace {

/// The two bytes of a sample.
struct Bytes {
  std::uint8_t* at;
  bool low_byte_first;

  int value() const { return low_byte_first ? at[0] | at[1] << 8 : at[1] | at[0] << 8; }
  void set(int value) const {
    at[low_byte_first ? 0 : 1] = static_cast<std::uint8_t>(value & 0xff);
    at[low_byte_first ? 1 : 0] = static_cast<std::uint8_t>(value >> 8);
  }
};

}  // namespace

void WideSamples::over(const Channels& channels, const Range& range,
                       const ComponentWeights& weights, std::uint8_t* row, int pixel_stride) const {
  const int most = (1 << depth) - 1;
  // What 1 is in 8 bits; the weights are in 256ths.
  const float one =
      (full_range ? static_cast<float>(most) / 255 : static_cast<float>(1 << depth) / 256) / 256;
  for (int x = range.begin; x < range.end; ++x) {
    const int alpha = channels.alpha[x];
    if (alpha == 0) continue;
    std::uint8_t* at = row + static_cast<std::ptrdiff_t>(x) * pixel_stride;
    const Bytes sample{at, low_byte_first};
    const auto added =
        static_cast<float>(weights.red * channels.red[x] + weights.green * channels.green[x] +
                           weights.blue * channels.blue[x] + weights.alpha * alpha);
    const auto below = static_cast<float>(sample.value() >> shift);
    const float sum = one * added + below * static_cast<float>(255 - alpha) / 255;
    sample.set(std::clamp(static_cast<int>(std::lround(sum)), 0, most) << shift);
  }
}

WideSamples wide_samples(const GstVideoInfo& info, guint component) {
  const bool narrow =
      GST_VIDEO_INFO_IS_YUV(&info) && info.colorimetry.range != GST_VIDEO_COLOR_RANGE_0_255;
  return {static_cast<int>(GST_VIDEO_FORMAT_INFO_DEPTH(info.finfo, component)),
          static_cast<int>(GST_VIDEO_FORMAT_INFO_SHIFT(info.finfo, component)),
          static_cast<bool>(GST_VIDEO_FORMAT_INFO_IS_LE(info.finfo)), !narrow};
}

}  // namespace mvga::overlay
