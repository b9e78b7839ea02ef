// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/saturation.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/features/reading.h"
#include "gst/frames/component_offset.h"

namespace mvga::gst {
namespace {

/// Those that are set in any of the samples, in the order of the frame.
std::uint16_t bits_in_use(const std::uint8_t* row, int samples) {
  std::uint16_t all = 0;
  for (int x = 0; x < samples; ++x) {
    std::uint16_t sample = 0;
    std::memcpy(&sample, row + std::ptrdiff_t{2} * x, sizeof(sample));
    all |= sample;
  }
  return all;
}

}  // namespace

bool has_above(const GstVideoFrame& frame, const PixelRect& part, int bits) {
  const GstVideoFormatInfo* format = frame.info.finfo;
  // Of these formats grey alone has such samples.
  if (bits >= kAllBits || GST_VIDEO_FORMAT_INFO_DEPTH(format, 0) != kAllBits ||
      GST_VIDEO_FORMAT_INFO_PSTRIDE(format, 0) != 2)
    return false;
  const bool low_first = GST_VIDEO_FORMAT_INFO_IS_LE(format);
  const int stride = GST_VIDEO_FRAME_COMP_STRIDE(&frame, 0);
  for (int y = part.y; y < part.bottom(); ++y) {
    const std::uint16_t all = bits_in_use(
        component_data(frame, 0) + std::ptrdiff_t{stride} * y + std::ptrdiff_t{2} * part.x,
        part.width);
    if ((low_first ? GUINT16_FROM_LE(all) : GUINT16_FROM_BE(all)) >> bits != 0) return true;
  }
  return false;
}

std::string saturation_text(int bits) {
  const std::string white = std::to_string((1 << bits) - 1);
  return "has samples above " + white + ", which is white to the model: it was learned from " +
         std::to_string(bits) +
         " bits in samples of 16. They are taken for white, and what is above it cannot be told "
         "apart. Frames with other bits need another model, or a shift before";
}

}  // namespace mvga::gst
