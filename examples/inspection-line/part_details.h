// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is mounted on a part: screws, bore, label, connector.
#pragma once

#include <cairo.h>

#include "examples/inspection-line/dice.h"

namespace film {

struct Point {
  double x;
  double y;
};

inline constexpr Point kScrews[] = {{-82, -58}, {82, -58}, {82, 58}, {-82, 58}};
inline constexpr double kScrewRadius = 12;
inline constexpr Point kBore = {-45, 0};
inline constexpr double kBoreRadius = 41;
inline constexpr Point kLabel = {39, -21};
inline constexpr Point kConnector = {44, 28};
inline constexpr Point kEngraving = {-48, 67};

void paint_screw(cairo_t* cr, Point at, Dice& dice);
void paint_bore(cairo_t* cr, Dice& dice);
void paint_label(cairo_t* cr, int serial, Dice& dice);
void paint_connector(cairo_t* cr);
/// Where a connector is missing, the circuit board below it is seen.
void paint_empty_socket(cairo_t* cr);
void paint_engraving(cairo_t* cr, int serial);

}  // namespace film
