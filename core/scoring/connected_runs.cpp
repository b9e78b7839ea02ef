// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/connected_runs.h"

#include <algorithm>

namespace mvga {

void ConnectedRuns::add(int left, int right) {
  runs_.push_back({row_, left, right, runs_.size()});
}

void ConnectedRuns::end_row() {
  join(row_above_, this_row_);
  row_above_ = this_row_;
  this_row_ = runs_.size();
  ++row_;
}

std::size_t ConnectedRuns::first_of(std::size_t index) {
  while (runs_[index].region != index) {
    runs_[index].region = runs_[runs_[index].region].region;  // a shortcut for the next time
    index = runs_[index].region;
  }
  return index;
}

// Joins the runs of two rows that touch. Both lists go from left to right.
void ConnectedRuns::join(std::size_t upper, std::size_t lower) {
  const std::size_t upper_end = lower;
  while (upper < upper_end && lower < runs_.size()) {
    if (runs_[upper].left <= runs_[lower].right + 1 &&
        runs_[lower].left <= runs_[upper].right + 1) {
      const std::size_t a = first_of(upper);
      const std::size_t b = first_of(lower);
      runs_[std::max(a, b)].region = std::min(a, b);
    }
    (runs_[upper].right < runs_[lower].right ? upper : lower) += 1;
  }
}

std::size_t ConnectedRuns::number_regions() {
  std::size_t regions = 0;
  std::vector<std::size_t> number(runs_.size());
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const std::size_t first = first_of(i);
    number[i] = first == i ? regions++ : number[first];
  }
  for (std::size_t i = 0; i < runs_.size(); ++i) runs_[i].region = number[i];
  return regions;
}

}  // namespace mvga
