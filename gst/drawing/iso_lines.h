// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Lines of equal value: marching squares.
#pragma once

#include <vector>

#include "core/scoring/anomaly_map.h"

namespace mvga::overlay {

struct Point {
  double x = 0;
  double y = 0;
};

struct Line {
  std::vector<Point> points;  ///< in steps of the grid; (0, 0) is its first value
  bool closed = false;        ///< the last point is joined to the first
};

/// Width and height of the line, in steps of the grid.
Point extent(const Line& line);

/// The lines along which the values, linear between neighbours, pass through `level`. A line is
/// open only where it leaves the grid.
std::vector<Line> iso_lines(const AnomalyMap& grid, float level);

/// The line without the points that lie nearly straight between others: it moves by no more than
/// `tolerance` steps of the grid (Douglas and Peucker 1973).
Line simplified(const Line& line, double tolerance);

}  // namespace mvga::overlay
