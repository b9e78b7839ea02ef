// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Lines that can be read on bright and on dark pictures.
#pragma once

#include <cairo.h>

#include "gst/drawing/colormap.h"

namespace mvga::overlay {

struct LineStyle {
  double width = 1;   ///< of the bright line, in pixels of the frame
  double casing = 1;  ///< of the dark rim on either side
  Rgb colour = {1, 1, 1};

  int reach() const;  ///< from the middle of the line, in whole pixels
};

/// A line of the right width for a frame.
LineStyle line_style(int frame_width, int frame_height);

/// Strokes the current path.
void stroke_cased(cairo_t* cairo, const LineStyle& line);

}  // namespace mvga::overlay
