// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/regions.h"

#include <algorithm>
#include <cstddef>

#include "core/scoring/connected_runs.h"

namespace mvga {
namespace {

constexpr int kRefinement = 5;    // finer cells for each cell of the map, along a side
constexpr int kFinestSide = 300;  // no need to refine beyond this

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

void add_row(const AnomalyMap& map, int row, float threshold, ConnectedRuns& runs) {
  const float* values = map.values.data() + static_cast<std::size_t>(row) * map.width;
  for (int x = 0; x < map.width; ++x) {
    if (!(values[x] > threshold)) continue;
    const int left = x;
    while (x < map.width && values[x] > threshold) ++x;
    runs.add(left, x - 1);
  }
  runs.end_row();
}

Extent extent_of(const Run& run, const AnomalyMap& map) {
  const float* row = map.values.data() + static_cast<std::size_t>(run.row) * map.width;
  return {run.left,
          run.row,
          run.right,
          run.row,
          static_cast<std::size_t>(run.right - run.left + 1),
          *std::max_element(row + run.left, row + run.right + 1)};
}

// The connected parts of the map above the threshold, in the order of their first cells.
std::vector<Extent> components(const AnomalyMap& map, float threshold) {
  ConnectedRuns connected;
  for (int y = 0; y < map.height; ++y) add_row(map, y, threshold, connected);
  std::vector<Extent> extents;
  extents.reserve(connected.number_regions());
  for (const Run& run : connected.runs()) {
    const Extent part = extent_of(run, map);
    if (run.region == extents.size())
      extents.push_back({part.left, part.top, part.right, 0, 0, part.peak});
    Extent& extent = extents[run.region];
    extent.left = std::min(extent.left, part.left);
    extent.right = std::max(extent.right, part.right);
    extent.bottom = part.bottom;
    extent.cells += part.cells;
    extent.peak = std::max(extent.peak, part.peak);
  }
  return extents;
}

}  // namespace

std::vector<Region> regions_above(const AnomalyMap& map, float threshold, int max_regions,
                                  double min_area) {
  std::vector<Region> regions;
  if (max_regions <= 0 || map.values.empty() || !(maximum(map) > threshold)) return regions;
  const AnomalyMap fine = resize_bilinear(map, refined(map.height), refined(map.width));
  for (const Extent& e : components(fine, threshold)) {
    const double area = static_cast<double>(e.cells) / static_cast<double>(fine.values.size());
    if (area < min_area) continue;
    const Box box{static_cast<double>(e.left) / fine.width,
                  static_cast<double>(e.top) / fine.height,
                  static_cast<double>(e.right - e.left + 1) / fine.width,
                  static_cast<double>(e.bottom - e.top + 1) / fine.height};
    regions.push_back({box, area, e.peak});
  }
  std::stable_sort(regions.begin(), regions.end(),
                   [](const Region& a, const Region& b) { return a.peak > b.peak; });
  if (regions.size() > static_cast<std::size_t>(max_regions))
    regions.resize(static_cast<std::size_t>(max_regions));
  return regions;
}

}  // namespace mvga
