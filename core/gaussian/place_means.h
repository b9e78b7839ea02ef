// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is normal by place: the mean vectors of the cells of a coarse grid.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/bilinear_taps.h"

namespace mvga {

/// Cells that a map of so many rows or columns has: no more than say where a part lies.
inline constexpr int kMostCells = 32;
constexpr int place_cells(int side) {
  return side < kMostCells ? side : kMostCells;
}

/// Empty: no place differs from another.
struct PlaceMeans {
  int height = 0;
  int width = 0;
  int channels = 0;
  std::vector<float> values;  ///< [height, width, channels]

  bool empty() const { return values.empty(); }
};

/// The means at all positions of a map, some rows at a time: between the cells' centres they are
/// interpolated, linearly in both directions. Not thread-safe; refers to the means.
class PlaceRows {
 public:
  /// @param means not empty
  /// @param height, width of the map
  PlaceRows(const PlaceMeans& means, int height, int width);

  /// float [rows, width, channels], until the next call.
  const float* rows(int first, int rows);

 private:
  void stretch(int y, float* to);

  const PlaceMeans& means_;
  std::vector<BilinearTap> down_;
  std::vector<BilinearTap> across_;
  std::vector<float> line_;  ///< of cells, between two rows of them
  std::vector<float> rows_;
};

}  // namespace mvga
