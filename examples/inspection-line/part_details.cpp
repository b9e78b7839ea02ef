// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/part_details.h"

#include <numbers>
#include <string>

#include "examples/inspection-line/paint.h"

namespace film {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

void disc(cairo_t* cr, Point at, double radius) {
  cairo_new_path(cr);
  cairo_arc(cr, at.x, at.y, radius, 0, kTurn);
}

void shade(cairo_t* cr, Point at, double radius, double light, double dark) {
  disc(cr, at, radius);
  fill_linear(cr, at.x - radius, at.y - radius, at.x + radius, at.y + radius,
              {{0.1, light}, {0.9, dark}});
}

void barcode(cairo_t* cr, double x, double y, double width, double height, int serial) {
  Dice dice(static_cast<std::uint64_t>(serial));
  cairo_set_source_rgb(cr, 0.1, 0.1, 0.12);
  const double end = x + width;
  while (x < end - 3) {
    const double bar = 0.7 * (1 + dice.below(3));
    cairo_rectangle(cr, x, y, bar, height);
    x += bar + 0.8 * (1 + dice.below(2));
  }
  cairo_fill(cr);
}

}  // namespace

// Zinc-plated and passivated, hence the warm tint.
void paint_screw(cairo_t* cr, Point at, Dice& dice) {
  constexpr double r = kScrewRadius;
  shade(cr, at, r + 2.6, 0.36, 0.86);
  disc(cr, at, r + 0.8);
  fill_linear(cr, at.x - r, at.y - r, at.x + r, at.y + r, {{0, 0.12}, {1, 0.25}});
  const double tone = dice.between(-0.05, 0.05);
  shade(cr, at, r - 0.6, 0.92 + tone, 0.46 + tone);
  disc(cr, {at.x - 0.8, at.y - 0.8}, r - 2.8);
  fill_radial(cr, at.x - 3, at.y - 3.5, r, {{0, 0.9 + tone}, {0.6, 0.72 + tone}, {1, 0.56 + tone}});
  disc(cr, at, r - 0.6);
  cairo_set_source_rgba(cr, 0.8, 0.62, 0.22, dice.between(0.2, 0.3));
  cairo_fill(cr);
  // The cross is where the screwdriver left it.
  cairo_save(cr);
  cairo_translate(cr, at.x, at.y);
  cairo_rotate(cr, dice.between(0, kTurn / 4));
  for (int i = 0; i < 2; ++i) {
    rounded_rectangle(cr, -0.6 * r, -1.5, 1.2 * r, 3, 1.2);
    cairo_rotate(cr, kTurn / 4);
  }
  cairo_set_source_rgb(cr, 0.13, 0.12, 0.1);
  cairo_fill(cr);
  cairo_restore(cr);
}

void paint_bore(cairo_t* cr, Dice& dice) {
  constexpr Point at = kBore;
  shade(cr, at, kBoreRadius, 0.4, 0.9);  // chamfer
  disc(cr, at, 38.5);
  const double tone = dice.between(-0.03, 0.03);
  fill_linear(cr, at.x - 38, at.y, at.x + 38, at.y,
              {{0, 0.52 + tone}, {0.35, 0.72 + tone}, {0.6, 0.6 + tone}, {1, 0.5 + tone}});
  // Turning marks.
  cairo_set_line_width(cr, 0.5);
  for (int mark = 0; mark < 8; ++mark) {
    disc(cr, at, 30 + 1.1 * mark);
    cairo_set_source_rgba(cr, 0.1, 0.1, 0.1, dice.between(0.05, 0.28));
    cairo_stroke(cr);
  }
  disc(cr, at, 27.5);  // rubber seal
  cairo_set_source_rgb(cr, 0.09, 0.09, 0.1);
  cairo_set_line_width(cr, 5.5);
  cairo_stroke(cr);
  cairo_arc(cr, at.x, at.y, 27.8, 0.55 * kTurn, 0.72 * kTurn);
  cairo_set_source_rgba(cr, 0.75, 0.78, 0.8, 0.35);
  cairo_set_line_width(cr, 1.2);
  cairo_stroke(cr);
  shade(cr, at, 24.5, 0.3, 0.85);
  disc(cr, at, 22);
  fill_linear(cr, at.x - 18, at.y - 20, at.x + 18, at.y + 20,
              {{0, 0.03}, {0.55, 0.1}, {0.8, 0.26}, {1, 0.46}});
}

void paint_label(cairo_t* cr, int serial, Dice& dice) {
  constexpr Point at = kLabel;
  cairo_save(cr);
  // Stuck on by hand, nearly straight.
  cairo_translate(cr, at.x + dice.between(-1.2, 1.2), at.y + dice.between(-1.2, 1.2));
  cairo_rotate(cr, dice.between(-0.025, 0.025));
  rounded_rectangle(cr, -36, -22, 74, 46, 3);
  cairo_set_source_rgba(cr, 0, 0, 0, 0.28);
  cairo_fill(cr);
  rounded_rectangle(cr, -37, -23, 74, 46, 3);
  const double paper = dice.between(0.86, 0.93);
  cairo_set_source_rgb(cr, paper, paper, paper * 0.965);
  cairo_fill(cr);
  cairo_rectangle(cr, -37, -20, 74, 11);
  cairo_set_source_rgb(cr, 0.1, 0.27, 0.47);
  cairo_fill(cr);
  cairo_set_source_rgb(cr, 0.95, 0.95, 0.95);
  write(cr, -33, -11.5, 8.2, true, "VALVE HV-20");
  cairo_set_source_rgb(cr, 0.12, 0.12, 0.14);
  write(cr, -33, 0.2, 7, false, "S/N " + std::to_string(serial));
  barcode(cr, -33, 4, 66, 14, serial);
  cairo_restore(cr);
}

void paint_connector(cairo_t* cr) {
  constexpr Point at = kConnector;
  rounded_rectangle(cr, at.x - 31, at.y - 14, 65, 31, 3);
  cairo_set_source_rgba(cr, 0, 0, 0, 0.35);
  cairo_fill(cr);
  rounded_rectangle(cr, at.x - 33, at.y - 16, 66, 32, 3);
  fill_linear(cr, at.x, at.y - 16, at.x, at.y + 16, {{0, 0.3}, {0.12, 0.17}, {1, 0.1}});
  rounded_rectangle(cr, at.x - 28, at.y - 11.5, 56, 23, 2);
  fill_linear(cr, at.x, at.y - 11, at.x, at.y + 11, {{0, 0.01}, {1, 0.08}});
  for (int row = 0; row < 2; ++row)
    for (int i = 0; i < 6; ++i) {
      const double x = at.x - 23.8 + i * 8.8;
      const double y = at.y - 7.2 + row * 9;
      cairo_rectangle(cr, x, y, 4, 5);
      cairo_set_source_rgb(cr, 0.82, 0.66, 0.3);
      cairo_fill(cr);
      cairo_rectangle(cr, x, y, 4, 1.6);
      cairo_set_source_rgb(cr, 0.97, 0.88, 0.6);
      cairo_fill(cr);
    }
}

void paint_empty_socket(cairo_t* cr) {
  constexpr Point at = kConnector;
  rounded_rectangle(cr, at.x - 33, at.y - 16, 66, 32, 3);
  fill_linear(cr, at.x, at.y - 16, at.x, at.y + 16, {{0, 0.16}, {0.8, 0.4}, {1, 0.8}});
  rounded_rectangle(cr, at.x - 31, at.y - 14, 62, 27, 2);
  cairo_set_source_rgb(cr, 0.06, 0.3, 0.17);
  cairo_fill(cr);
  cairo_set_line_width(cr, 1);
  for (int i = 0; i < 6; ++i) {
    const double x = at.x - 21.8 + i * 8.8;
    cairo_move_to(cr, x, at.y + 4);
    cairo_line_to(cr, x + (i % 2 ? 3.5 : -3.5), at.y + 12.5);
    cairo_set_source_rgb(cr, 0.16, 0.46, 0.25);
    cairo_stroke(cr);
    for (int row = 0; row < 2; ++row) {
      disc(cr, {x, at.y - 4.7 + row * 9}, 2.7);
      cairo_set_source_rgb(cr, 0.76, 0.76, 0.72);
      cairo_fill(cr);
      disc(cr, {x, at.y - 4.7 + row * 9}, 1.2);
      cairo_set_source_rgb(cr, 0.05, 0.05, 0.05);
      cairo_fill(cr);
    }
  }
  // The wall of the cut-out throws its shadow onto the board.
  rounded_rectangle(cr, at.x - 31, at.y - 14, 62, 27, 2);
  fill_linear(cr, at.x, at.y - 14, at.x, at.y + 2, {{0, 0, 0.7}, {0.5, 0, 0.3}, {1, 0, 0}});
}

void paint_engraving(cairo_t* cr, int serial) {
  constexpr Point at = kEngraving;
  const std::string text = "LOT " + std::to_string(serial / 100);
  cairo_set_source_rgba(cr, 1, 1, 1, 0.4);
  write(cr, at.x + 0.6, at.y + 0.7, 8, true, text);
  cairo_set_source_rgba(cr, 0.1, 0.1, 0.1, 0.75);
  write(cr, at.x, at.y, 8, true, text);
}

}  // namespace film
