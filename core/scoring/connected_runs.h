// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The 8-connected regions of an image, made of runs of neighbouring cells.
#pragma once

#include <cstddef>
#include <vector>

namespace mvga {

/// Neighbouring cells of one row.
struct Run {
  int row = 0;
  int left = 0;
  int right = 0;  ///< inclusive
  std::size_t region = 0;
};

/// Takes in an image row by row, from top to bottom, and joins the runs that touch, also across
/// corners.
class ConnectedRuns {
 public:
  /// Adds a run of the current row; runs come from left to right and do not touch each other.
  void add(int left, int right);
  void end_row();

  /// Call once, after the last row: gives every run the number of its region. Regions are numbered
  /// from 0 in the order of their first cells.
  /// @return how many there are
  std::size_t number_regions();

  const std::vector<Run>& runs() const { return runs_; }

 private:
  std::size_t first_of(std::size_t index);
  void join(std::size_t upper, std::size_t lower);

  /// Until the regions are numbered, a run's `region` is the index of a run with the same or a
  /// lower index that belongs to it; its own index: it is the first one.
  std::vector<Run> runs_;
  int row_ = 0;
  std::size_t row_above_ = 0;  ///< index of its first run
  std::size_t this_row_ = 0;
};

}  // namespace mvga
