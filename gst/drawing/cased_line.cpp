// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/cased_line.h"

#include <algorithm>
#include <cmath>

namespace mvga::overlay {

int LineStyle::reach() const {
  return static_cast<int>(std::ceil(width / 2 + casing)) + 1;
}

LineStyle line_style(int frame_width, int frame_height) {
  // Slower than the frame grows, because a big picture is looked at from closer by.
  const double unit = std::pow(std::max(std::min(frame_width, frame_height) / 360.0, 0.5), 0.75);
  return {.width = 1.4 * unit, .casing = 0.9 * unit};
}

void stroke_cased(cairo_t* cairo, const LineStyle& line) {
  cairo_set_antialias(cairo, CAIRO_ANTIALIAS_FAST);
  cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width(cairo, line.width + 2 * line.casing);
  cairo_set_source_rgba(cairo, 0.05, 0.05, 0.07, 0.6);
  cairo_stroke_preserve(cairo);
  cairo_set_line_width(cairo, line.width);
  cairo_set_source_rgb(cairo, line.colour.red, line.colour.green, line.colour.blue);
  cairo_stroke(cairo);
}

}  // namespace mvga::overlay
