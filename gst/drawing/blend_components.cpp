// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/blend_components.h"

#include <algorithm>
#include <array>

#include "gst/drawing/channels.h"
#include "gst/drawing/component_weights.h"
#include "gst/drawing/over.h"
#include "gst/drawing/wide_samples.h"
#include "gst/frames/component_offset.h"

namespace mvga::overlay {
namespace {

Range joined(const Range& a, const Range& b) {
  if (a.empty() || b.empty()) return a.empty() ? b : a;
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

Range split(const PixelRun& run, int left, Channels& out) {
  const Range range{run.x - left, run.x - left + static_cast<int>(run.pixels.size())};
  const std::uint32_t* pixels = run.pixels.data();
  std::uint16_t* red = out.red.data() + range.begin;
  std::uint16_t* green = out.green.data() + range.begin;
  std::uint16_t* blue = out.blue.data() + range.begin;
  std::uint16_t* alpha = out.alpha.data() + range.begin;
  for (std::size_t x = 0; x < run.pixels.size(); ++x) {
    red[x] = pixels[x] >> 16 & 0xff;
    green[x] = pixels[x] >> 8 & 0xff;
    blue[x] = pixels[x] & 0xff;
    alpha[x] = pixels[x] >> 24;
  }
  return range;
}

void clear(Channels& channels, const Range& range) {
  channels.for_each([&](std::vector<std::uint16_t>& channel) {
    std::fill(channel.begin() + range.begin, channel.begin() + range.end, 0);
  });
}

/// Fills the column beyond the frame's odd right edge.
void repeat_last(std::array<Channels, 2>& rows, int column) {
  for (Channels& row : rows) {
    row.for_each(
        [=](std::vector<std::uint16_t>& channel) { channel[column] = channel[column - 1]; });
  }
}

/// Means of two pixels of `a` and two of `b`, which may be the same row.
void halve(const std::vector<std::uint16_t>& a, const std::vector<std::uint16_t>& b,
           const Range& range, std::vector<std::uint16_t>& out) {
  const std::uint16_t* upper = a.data();
  const std::uint16_t* lower = b.data();
  std::uint16_t* mean = out.data();
  for (int x = range.begin / 2; x < range.end / 2; ++x) {
    mean[x] = static_cast<std::uint16_t>(
        (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) >> 2);
  }
}

void halve(const Channels& a, const Channels& b, const Range& range, Channels& out) {
  halve(a.red, b.red, range, out.red);
  halve(a.green, b.green, range, out.green);
  halve(a.blue, b.blue, range, out.blue);
  halve(a.alpha, b.alpha, range, out.alpha);
}

// The weights are passed by value: a byte written to the frame could otherwise be part of them, for
// all that the compiler knows.
template <int pixel_stride>
void over(const Channels& channels, const Range& range, const ComponentWeights weights,
          std::uint8_t* row) {
  const std::uint16_t* red = channels.red.data() + range.begin;
  const std::uint16_t* green = channels.green.data() + range.begin;
  const std::uint16_t* blue = channels.blue.data() + range.begin;
  const std::uint16_t* alpha = channels.alpha.data() + range.begin;
  std::uint8_t* to = row + std::ptrdiff_t(range.begin) * pixel_stride;
  const int count = range.end - range.begin;
  for (int x = 0; x < count; ++x) {
    const auto sum =
        static_cast<std::uint16_t>(weights.red * red[x] + weights.green * green[x] +
                                   weights.blue * blue[x] + weights.alpha * alpha[x] + 128);
    // A rounded value may exceed its alpha by one, and would then overflow the sum.
    const std::uint16_t added = std::min<std::uint16_t>(sum >> 8, alpha[x]);
    const std::uint8_t below = to[pixel_stride * x];
    to[pixel_stride * x] =
        static_cast<std::uint8_t>(added + kept(below, static_cast<std::uint8_t>(255 - alpha[x])));
  }
}

/// One component of the frame, as bytes.
struct Plane {
  std::uint8_t* data;
  std::ptrdiff_t stride;
  int pixel_stride;
  int width;
  bool half_width;
  bool half_height;
  ComponentWeights weights;
  WideSamples wide;  ///< where a sample has two bytes

  void blend(const Channels& channels, Range range, int left, int row) const {
    const int first = half_width ? left / 2 : left;
    if (half_width) range = {range.begin / 2, range.end / 2};
    range.end = std::min(range.end, width - first);
    std::uint8_t* begin = data + row * stride + std::ptrdiff_t(first) * pixel_stride;
    if (wide.depth > 8) return wide.over(channels, range, weights, begin, pixel_stride);
    switch (pixel_stride) {
      case 1:
        return over<1>(channels, range, weights, begin);
      case 2:
        return over<2>(channels, range, weights, begin);
      case 3:
        return over<3>(channels, range, weights, begin);
      default:
        return over<4>(channels, range, weights, begin);
    }
  }
};

std::vector<Plane> planes_of(GstVideoFrame* frame) {
  const auto weights = component_weights(frame->info);
  std::vector<Plane> planes;
  for (guint c = 0; c < GST_VIDEO_FRAME_N_COMPONENTS(frame); ++c) {
    planes.push_back({gst::component_data(*frame, c), GST_VIDEO_FRAME_COMP_STRIDE(frame, c),
                      GST_VIDEO_FRAME_COMP_PSTRIDE(frame, c), GST_VIDEO_FRAME_COMP_WIDTH(frame, c),
                      GST_VIDEO_FORMAT_INFO_W_SUB(frame->info.finfo, c) == 1,
                      GST_VIDEO_FORMAT_INFO_H_SUB(frame->info.finfo, c) == 1, weights[c],
                      wide_samples(frame->info, c)});
  }
  return planes;
}

}  // namespace

void blend_components(RectangleRows& rows, GstVideoFrame* frame) {
  const PixelRect area = rows.visible();
  const int frame_width = GST_VIDEO_FRAME_WIDTH(frame);
  const int frame_height = GST_VIDEO_FRAME_HEIGHT(frame);
  const std::vector<Plane> planes = planes_of(frame);
  // Two rows and an even number of columns at a time. Outside the overlay the arrays stay
  // transparent.
  const PixelRect aligned = gst::whole_chroma_samples(area);
  const int left = aligned.x;
  const int width = aligned.width;
  std::array<Channels, 2> full = {Channels(width), Channels(width)};
  Channels half(width / 2);

  for (int y = aligned.y; y < aligned.bottom(); y += 2) {
    std::array<Range, 2> filled;
    for (int i = 0; i < 2; ++i) {
      const bool inside = y + i >= area.y && y + i < area.bottom();
      if (inside) filled[i] = split(rows.row(y + i), left, full[i]);
    }
    Range range = joined(filled[0], filled[1]);
    if (range.empty()) continue;
    range = {range.begin & ~1, (range.end + 1) & ~1};
    if (left + range.end > frame_width) repeat_last(full, range.end - 1);
    const Channels& lower = y + 1 < frame_height ? full[1] : full[0];
    for (const Plane& plane : planes) {
      if (plane.half_height) {
        halve(full[0], lower, range, half);
        plane.blend(half, range, left, y / 2);
        continue;
      }
      for (int i = 0; i < 2; ++i) {
        if (filled[i].empty()) continue;
        if (plane.half_width) halve(full[i], full[i], range, half);
        plane.blend(plane.half_width ? half : full[i], range, left, y + i);
      }
    }
    for (Channels& channels : full) clear(channels, range);
  }
}

}  // namespace mvga::overlay
