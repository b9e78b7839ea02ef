// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/defects.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "examples/inspection-line/paint.h"
#include "examples/inspection-line/part_details.h"

namespace film {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

// A groove: a dark flank, and beside it one that catches the light.
Rectangle scratch(cairo_t* cr, Dice& dice) {
  const Point a = {dice.between(-68, -60), dice.between(44, 50)};
  const Point b = {dice.between(58, 72), dice.between(62, 70)};
  const Point bend = {(a.x + b.x) / 2 + dice.between(-12, 12),
                      (a.y + b.y) / 2 + dice.between(-5, 7)};
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  const auto line = [&](double shift, double width, double grey, double alpha) {
    cairo_move_to(cr, a.x + shift, a.y + shift);
    cairo_curve_to(cr, bend.x + shift, bend.y + shift, bend.x + shift, bend.y + shift, b.x + shift,
                   b.y + shift);
    cairo_set_line_width(cr, width);
    cairo_set_source_rgba(cr, grey, grey, grey, alpha);
    cairo_stroke(cr);
  };
  line(-0.4, 2.6, 0.12, 0.75);
  line(1.1, 1.5, 1, 0.9);
  // A second, shorter one, as a slipped tool leaves it.
  cairo_move_to(cr, a.x + 22, a.y - 1);
  cairo_line_to(cr, bend.x + 16, bend.y - 5);
  cairo_set_line_width(cr, 1.3);
  cairo_set_source_rgba(cr, 0.96, 0.96, 0.96, 0.85);
  cairo_stroke(cr);
  const double top = std::min({a.y, bend.y, b.y}) - 6;
  return {a.x - 3, top, b.x - a.x + 6, std::max({a.y, bend.y, b.y}) + 3 - top};
}

// Light falls from the top left: the near wall of a hollow is dark, the far one bright.
Rectangle dent(cairo_t* cr, Dice& dice) {
  const Point at = {dice.between(-22, -12), dice.between(-62, -58)};
  const double r = dice.between(13, 15);
  cairo_save(cr);
  cairo_translate(cr, at.x, at.y);
  cairo_rotate(cr, dice.between(-0.3, 0.3));
  cairo_scale(cr, 1.25, 0.85);
  cairo_arc(cr, 0, 0, r, 0, kTurn);
  cairo_clip(cr);
  cairo_rectangle(cr, -r, -r, 2 * r, 2 * r);
  fill_linear(
      cr, -r * 0.7, -r * 0.7, r * 0.7, r * 0.7,
      {{0, 0.04, 0.85}, {0.35, 0.08, 0.6}, {0.55, 0.3, 0.25}, {0.75, 1, 0.55}, {1, 1, 0.95}});
  // The floor of the hollow mirrors the dark ceiling.
  cairo_arc(cr, 0, 0, r * 0.5, 0, kTurn);
  fill_radial(cr, -r * 0.1, -r * 0.1, r * 0.5, {{0, 0.1, 0.55}, {0.6, 0.15, 0.3}, {1, 0.2, 0}});
  cairo_reset_clip(cr);
  // Metal pushed up around it.
  cairo_set_line_width(cr, 1.6);
  cairo_arc(cr, 0, 0, r + 0.6, 0.5 * kTurn, 0.75 * kTurn);
  cairo_set_source_rgba(cr, 1, 1, 1, 0.75);
  cairo_stroke(cr);
  cairo_arc(cr, 0, 0, r + 0.6, 0, 0.25 * kTurn);
  cairo_set_source_rgba(cr, 0, 0, 0, 0.45);
  cairo_stroke(cr);
  cairo_restore(cr);
  const double half_width = 1.25 * (r + 1.4);
  const double half_height = 0.9 * (r + 1.4);
  return {at.x - half_width, at.y - half_height, 2 * half_width, 2 * half_height};
}

Rectangle missing_connector(cairo_t* cr) {
  paint_empty_socket(cr);
  return {kConnector.x - 33, kConnector.y - 16, 66, 32};
}

// A hexagonal brass nut that fell onto the part.
Rectangle foreign_object(cairo_t* cr, Dice& dice) {
  const Point at = {dice.between(-10, 10), dice.between(40, 52)};
  constexpr double r = 14;
  const auto hexagon = [&](double shift, double radius, double turn) {
    for (int i = 0; i < 6; ++i)
      cairo_line_to(cr, at.x + shift + radius * std::cos(turn + i * kTurn / 6),
                    at.y + shift * 1.3 + radius * std::sin(turn + i * kTurn / 6));
    cairo_close_path(cr);
  };
  const double turn = dice.between(0, kTurn / 6);
  for (const double spread : {3.0, 1.5, 0.0}) {
    hexagon(4, r + spread, turn);
    cairo_set_source_rgba(cr, 0, 0, 0, 0.22);
    cairo_fill(cr);
  }
  hexagon(0, r, turn);
  const mvga::examples::Pattern brass(
      cairo_pattern_create_linear(at.x - r, at.y - r, at.x + r, at.y + r));
  cairo_pattern_add_color_stop_rgb(brass.get(), 0, 0.97, 0.86, 0.55);
  cairo_pattern_add_color_stop_rgb(brass.get(), 0.5, 0.75, 0.58, 0.24);
  cairo_pattern_add_color_stop_rgb(brass.get(), 1, 0.42, 0.3, 0.1);
  cairo_set_source(cr, brass.get());
  cairo_fill_preserve(cr);
  cairo_set_source_rgba(cr, 0.2, 0.14, 0.04, 0.8);
  cairo_set_line_width(cr, 0.8);
  cairo_stroke(cr);
  cairo_arc(cr, at.x, at.y, r * 0.82, 0, kTurn);
  cairo_set_source_rgba(cr, 1, 0.95, 0.75, 0.35);
  cairo_stroke(cr);
  cairo_arc(cr, at.x, at.y, r * 0.52, 0, kTurn);
  fill_linear(cr, at.x - r / 2, at.y - r / 2, at.x + r / 2, at.y + r / 2,
              {{0, 0.06}, {0.6, 0.3}, {1, 0.62}});
  return {at.x - r, at.y - r, 2 * r + 7, 2 * r + 8};  // with its shadow
}

// Oil: a dark film with an uneven edge, and drops beside it.
Rectangle stain(cairo_t* cr, Dice& dice) {
  const Point at = {dice.between(-14, 0), dice.between(-44, -38)};
  const double r = dice.between(19, 23);
  const double wave = dice.between(0, kTurn);
  const auto blot = [&](double size) {
    for (int i = 0; i < 60; ++i) {
      const double a = i * kTurn / 60;
      const double edge =
          size * (1 + 0.16 * std::sin(3 * a + wave) + 0.1 * std::sin(5 * a + 2 * wave));
      cairo_line_to(cr, at.x + 1.3 * edge * std::cos(a), at.y + 0.9 * edge * std::sin(a));
    }
    cairo_close_path(cr);
  };
  for (const double size : {1.0, 0.95, 0.88}) {
    blot(r * size);
    cairo_set_source_rgba(cr, 0.2, 0.12, 0.03, 0.34);
    cairo_fill(cr);
  }
  cairo_save(cr);
  blot(r * 0.88);
  cairo_clip(cr);
  cairo_rectangle(cr, at.x - 2 * r, at.y - 2 * r, 4 * r, 4 * r);
  fill_radial(cr, at.x - r / 2, at.y - r / 2, r, {{0, 1, 0.38}, {0.5, 1, 0.08}, {1, 1, 0}});
  cairo_restore(cr);
  for (int i = 0; i < 4; ++i) {
    cairo_arc(cr, at.x + dice.between(-1.4, 1.4) * r, at.y + dice.between(-1.05, 1.2) * r,
              dice.between(1.5, 3.4), 0, kTurn);
    cairo_set_source_rgba(cr, 0.2, 0.12, 0.03, 0.65);
    cairo_fill(cr);
  }
  return {at.x - 1.6 * r, at.y - 1.25 * r, 3.2 * r, 2.6 * r};
}

}  // namespace

Rectangle paint_defect(cairo_t* cr, DefectKind kind, Dice& dice) {
  switch (kind) {
    case DefectKind::scratch:
      return scratch(cr, dice);
    case DefectKind::dent:
      return dent(cr, dice);
    case DefectKind::foreign_object:
      return foreign_object(cr, dice);
    case DefectKind::stain:
      return stain(cr, dice);
    case DefectKind::missing_connector:
      return missing_connector(cr);
  }
  return {};
}

}  // namespace film
