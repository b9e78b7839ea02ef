// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/frame_pixels.h"

#include <algorithm>
#include <cmath>

namespace mvga::gst {
namespace {

struct Span {
  gint start;
  gint length;
};

Span pixels(double start, double length, int size) {
  const long first = std::clamp(std::lround(start * size), 0L, size - 1L);
  const long end = std::clamp(std::lround((start + length) * size), first + 1, long{size});
  return {static_cast<gint>(first), static_cast<gint>(end - first)};
}

}  // namespace

GstVideoRectangle pixels_of(const Box& box, const GstVideoInfo& info) {
  const Span x = pixels(box.x, box.width, info.width);
  const Span y = pixels(box.y, box.height, info.height);
  return {x.start, y.start, x.length, y.length};
}

}  // namespace mvga::gst
