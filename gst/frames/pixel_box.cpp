// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/pixel_box.h"

#include <algorithm>
#include <cmath>

namespace mvga::gst {
namespace {

struct Span {
  int start;
  int length;
};

/// Boxes also come from the metadata of others.
bool is_something(double start, double length) {
  return length > 0 && !std::isnan(start + length);
}

int nearest_pixel(double fraction, int size) {
  return static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * size));
}

Span span_of(double start, double length, int size) {
  const int first = std::min(nearest_pixel(start, size), size - 1);
  const int end = std::max(nearest_pixel(start + length, size), first + 1);
  return {first, end - first};
}

}  // namespace

PixelRect pixels_of(const Box& box, int frame_width, int frame_height) {
  if (!is_something(box.x, box.width) || !is_something(box.y, box.height)) return {};
  const Span x = span_of(box.x, box.width, frame_width);
  const Span y = span_of(box.y, box.height, frame_height);
  return {x.start, y.start, x.length, y.length};
}

PixelRect whole_chroma_samples(const PixelRect& rect) {
  const int left = rect.x & ~1;
  const int top = rect.y & ~1;
  const int right = (rect.right() + 1) & ~1;
  const int bottom = (rect.bottom() + 1) & ~1;
  return {left, top, right - left, bottom - top};
}

}  // namespace mvga::gst
