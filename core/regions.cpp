// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/regions.h"

#include <algorithm>
#include <cstddef>

namespace mvga {
namespace {

constexpr int kRefinement = 5;    // finer cells for each cell of the map, along a side
constexpr int kFinestSide = 512;  // no need to refine beyond this

// Neighbouring cells of one row that are above the threshold.
struct Run {
  int row, left, right;  // inclusive
  float peak;
  std::size_t
      component;  // a run with the same or a lower index; its own index: it is the first one
};

struct Extent {
  int left, top, right, bottom;  // inclusive
  std::size_t cells = 0;
  float peak = 0;
};

// An odd multiple, so that the middle of every cell is kept: the peaks stay what they are.
int refined(int side) {
  int factor = kRefinement;
  while (factor > 1 && side * factor > kFinestSide) factor -= 2;
  return side * factor;
}

void append_runs(const AnomalyMap& map, int row, float threshold, std::vector<Run>& runs) {
  const float* values = map.values.data() + static_cast<std::size_t>(row) * map.width;
  for (int x = 0; x < map.width; ++x) {
    if (!(values[x] > threshold)) continue;
    Run run{row, x, x, values[x], runs.size()};
    for (; x < map.width && values[x] > threshold; ++x) run.peak = std::max(run.peak, values[x]);
    run.right = x - 1;
    runs.push_back(run);
  }
}

std::size_t first_of(std::vector<Run>& runs, std::size_t index) {
  while (runs[index].component != index) {
    runs[index].component = runs[runs[index].component].component;  // a shortcut for the next time
    index = runs[index].component;
  }
  return index;
}

// Joins the runs of two rows that touch, also diagonally. Both lists go from left to right.
void join_rows(std::vector<Run>& runs, std::size_t upper, std::size_t lower) {
  const std::size_t upper_end = lower;
  while (upper < upper_end && lower < runs.size()) {
    if (runs[upper].left <= runs[lower].right + 1 && runs[lower].left <= runs[upper].right + 1) {
      const std::size_t a = first_of(runs, upper);
      const std::size_t b = first_of(runs, lower);
      runs[std::max(a, b)].component = std::min(a, b);
    }
    (runs[upper].right < runs[lower].right ? upper : lower) += 1;
  }
}

// The connected parts of the map above the threshold, in the order of their first cells.
std::vector<Extent> components(const AnomalyMap& map, float threshold) {
  std::vector<Run> runs;
  std::size_t previous_row = 0;
  for (int y = 0; y < map.height; ++y) {
    const std::size_t this_row = runs.size();
    append_runs(map, y, threshold, runs);
    join_rows(runs, previous_row, this_row);
    previous_row = this_row;
  }
  std::vector<Extent> extents;
  std::vector<std::size_t> extent_of(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    const std::size_t first = first_of(runs, i);
    if (first == i) {
      extent_of[i] = extents.size();
      extents.push_back({run.left, run.row, run.right, run.row, 0, run.peak});
    }
    extent_of[i] = extent_of[first];
    Extent& extent = extents[extent_of[i]];
    extent.left = std::min(extent.left, run.left);
    extent.right = std::max(extent.right, run.right);
    extent.bottom = run.row;
    extent.cells += static_cast<std::size_t>(run.right - run.left + 1);
    extent.peak = std::max(extent.peak, run.peak);
  }
  return extents;
}

}  // namespace

std::vector<Region> regions_above(const AnomalyMap& map, float threshold, int max_regions) {
  std::vector<Region> regions;
  if (max_regions <= 0 || map.values.empty() || !(maximum(map) > threshold)) return regions;
  const AnomalyMap fine = resize_bilinear(map, refined(map.height), refined(map.width));
  for (const Extent& e : components(fine, threshold)) {
    const Box box{static_cast<double>(e.left) / fine.width,
                  static_cast<double>(e.top) / fine.height,
                  static_cast<double>(e.right - e.left + 1) / fine.width,
                  static_cast<double>(e.bottom - e.top + 1) / fine.height};
    regions.push_back(
        {box, static_cast<double>(e.cells) / static_cast<double>(fine.values.size()), e.peak});
  }
  std::stable_sort(regions.begin(), regions.end(),
                   [](const Region& a, const Region& b) { return a.peak > b.peak; });
  if (regions.size() > static_cast<std::size_t>(max_regions))
    regions.resize(static_cast<std::size_t>(max_regions));
  return regions;
}

}  // namespace mvga
