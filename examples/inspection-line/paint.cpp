// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/paint.h"

#include <numbers>

namespace film {
namespace {

using mvga::examples::Pattern;

void fill(cairo_t* cr, const Pattern& pattern, std::initializer_list<Stop> stops) {
  for (const Stop& s : stops)
    cairo_pattern_add_color_stop_rgba(pattern.get(), s.at, s.grey, s.grey, s.grey, s.alpha);
  cairo_set_source(cr, pattern.get());
  cairo_fill(cr);
}

}  // namespace

void rounded_rectangle(cairo_t* cr, double x, double y, double w, double h, double r) {
  constexpr double quarter = std::numbers::pi / 2;
  cairo_new_sub_path(cr);
  cairo_arc(cr, x + w - r, y + r, r, -quarter, 0);
  cairo_arc(cr, x + w - r, y + h - r, r, 0, quarter);
  cairo_arc(cr, x + r, y + h - r, r, quarter, 2 * quarter);
  cairo_arc(cr, x + r, y + r, r, 2 * quarter, 3 * quarter);
  cairo_close_path(cr);
}

void fill_linear(cairo_t* cr, double x0, double y0, double x1, double y1,
                 std::initializer_list<Stop> stops) {
  fill(cr, Pattern(cairo_pattern_create_linear(x0, y0, x1, y1)), stops);
}

void fill_radial(cairo_t* cr, double x, double y, double radius,
                 std::initializer_list<Stop> stops) {
  fill(cr, Pattern(cairo_pattern_create_radial(x, y, 0, x, y, radius)), stops);
}

void write(cairo_t* cr, double x, double y, double size, bool bold, const std::string& text) {
  cairo_select_font_face(cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                         bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(cr, size);
  cairo_move_to(cr, x, y);
  cairo_show_text(cr, text.c_str());
}

}  // namespace film
