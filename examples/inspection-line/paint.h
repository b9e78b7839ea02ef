// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A few strokes that every painter here needs.
#pragma once

#include <initializer_list>
#include <string>

#include "examples/common/handles.h"

namespace film {

struct Stop {
  double at = 0;
  double grey = 0;
  double alpha = 1;
};

void rounded_rectangle(cairo_t* cr, double x, double y, double w, double h, double radius);
/// Fills the path with grey stops along the line from (x0, y0) to (x1, y1).
void fill_linear(cairo_t* cr, double x0, double y0, double x1, double y1,
                 std::initializer_list<Stop> stops);
/// Fills the path with grey stops from the point (x, y) outwards.
void fill_radial(cairo_t* cr, double x, double y, double radius, std::initializer_list<Stop> stops);
/// Writes with the left end of the base line at (x, y).
void write(cairo_t* cr, double x, double y, double size, bool bold, const std::string& text);

}  // namespace film
