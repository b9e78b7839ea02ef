// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Smooth magnification of a coarse map, row by row.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/scoring/anomaly_map.h"

namespace mvga::overlay {

/// Where the samples lie, in cells of the map; 0 is the centre of the first cell.
struct SampleGrid {
  double x = 0;   ///< of the first column
  double y = 0;   ///< of the first row
  double dx = 1;  ///< from column to column
  double dy = 1;  ///< from row to row
  int width = 0;
  int height = 0;
};

/// Catmull-Rom interpolation: passes through the map's values, so that what is drawn and what was
/// decided agree, and has no creases, which bilinear interpolation shows at this magnification.
class SmoothRows {
 public:
  /// @pre the map is not empty
  SmoothRows(const AnomalyMap& map, const SampleGrid& grid);

  /// Writes the samples of row `y`; `out` has grid.width elements.
  void row(int y, std::span<float> out) const;

 private:
  std::span<const float> stretched_row(int map_row) const;

  SampleGrid grid_;
  int map_height_;
  int first_row_;                 // of the map, in stretched_
  std::vector<float> stretched_;  // the map's rows, already magnified in x
};

/// All rows at once.
AnomalyMap smooth_samples(const AnomalyMap& map, const SampleGrid& grid);

}  // namespace mvga::overlay
