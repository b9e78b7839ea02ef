// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/blend_rgb32.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "gst/drawing/over.h"

namespace mvga::overlay {
namespace {

/// How far the components are shifted in a pixel that is read as one number.
struct Shifts {
  int red, green, blue;
  int last;  ///< alpha, or padding
  bool has_alpha;
};

Shifts shifts_of(const GstVideoFormatInfo* format) {
  const auto shift = [](int byte) {
    return 8 * (std::endian::native == std::endian::little ? byte : 3 - byte);
  };
  const int red = GST_VIDEO_FORMAT_INFO_POFFSET(format, 0);
  const int green = GST_VIDEO_FORMAT_INFO_POFFSET(format, 1);
  const int blue = GST_VIDEO_FORMAT_INFO_POFFSET(format, 2);
  return {shift(red), shift(green), shift(blue), shift(6 - red - green - blue),
          static_cast<bool>(GST_VIDEO_FORMAT_INFO_HAS_ALPHA(format))};
}

/// What is added to a row of the frame, and how much of the frame's own is kept, byte by byte.
struct RowParts {
  std::vector<std::uint32_t> added;
  std::vector<std::uint32_t> keep;
};

void prepare(const PixelRun& run, const Shifts& to, RowParts& parts) {
  const std::uint32_t* from = run.pixels.data();
  std::uint32_t* added = parts.added.data();
  std::uint32_t* keep = parts.keep.data();
  const std::uint32_t alpha_mask = to.has_alpha ? 0xffu << to.last : 0;
  const std::uint32_t padding_mask = to.has_alpha ? 0 : 0xffu << to.last;
  for (std::size_t x = 0; x < run.pixels.size(); ++x) {
    const std::uint32_t pixel = from[x];
    const std::uint32_t alpha = pixel >> 24;
    added[x] = (pixel >> 16 & 0xff) << to.red | (pixel >> 8 & 0xff) << to.green |
               (pixel & 0xff) << to.blue | (alpha << to.last & alpha_mask);
    const std::uint32_t clear = 255 - alpha;
    keep[x] = (clear | clear << 8 | clear << 16 | clear << 24) | padding_mask;
  }
}

/// Where the frame itself is translucent, what lies below counts only with its own alpha.
void heed_frame_alpha(const PixelRun& run, const std::uint8_t* frame, const Shifts& to,
                      RowParts& parts) {
  for (std::size_t x = 0; x < run.pixels.size(); ++x) {
    std::uint32_t pixel = 0;
    std::memcpy(&pixel, frame + 4 * x, sizeof pixel);  // a stride may be odd
    const std::uint32_t below = pixel >> to.last & 0xff;
    const std::uint32_t above = run.pixels[x] >> 24;
    if (below == 255 || above == 0) continue;
    const std::uint32_t below_part = below * (255 - above);
    const std::uint32_t total = 255 * above + below_part;  // 255 times the resulting alpha
    const auto added = [&](int shift) {
      return std::min<std::uint32_t>((parts.added[x] >> shift & 0xff) * 255 * 255 / total, 255)
             << shift;
    };
    const std::uint32_t keep = below_part * 255 / total;
    parts.added[x] = added(to.red) | added(to.green) | added(to.blue) | above << to.last;
    parts.keep[x] = keep << to.red | keep << to.green | keep << to.blue | (255 - above) << to.last;
  }
}

void apply(const RowParts& parts, std::uint8_t* frame, std::size_t bytes) {
  const auto* added = reinterpret_cast<const std::uint8_t*>(parts.added.data());
  const auto* keep = reinterpret_cast<const std::uint8_t*>(parts.keep.data());
  for (std::size_t i = 0; i < bytes; ++i) frame[i] = added[i] + kept(frame[i], keep[i]);
}

}  // namespace

void blend_rgb32(RectangleRows& rows, GstVideoFrame* frame) {
  const Shifts shifts = shifts_of(frame->info.finfo);
  const PixelRect& area = rows.visible();
  RowParts parts;
  parts.added.resize(area.width);
  parts.keep.resize(area.width);
  auto* pixels = static_cast<std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(frame, 0));
  const std::ptrdiff_t stride = GST_VIDEO_FRAME_PLANE_STRIDE(frame, 0);
  for (int y = area.y; y < area.bottom(); ++y) {
    const PixelRun run = rows.row(y);
    if (run.pixels.empty()) continue;
    std::uint8_t* row = pixels + y * stride + std::ptrdiff_t(4) * run.x;
    prepare(run, shifts, parts);
    if (shifts.has_alpha) {
      heed_frame_alpha(run, row, shifts, parts);
    }
    apply(parts, row, 4 * run.pixels.size());
  }
}

}  // namespace mvga::overlay
