// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/regions.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace mvga {
namespace {

constexpr int kRefinement = 5;    // finer cells for each cell of the map, along a side
constexpr int kFinestSide = 512;  // no need to refine beyond this

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

// Collects the component that contains `start`, and clears it.
Extent take_component(AnomalyMap& map, int start, float threshold, std::vector<int>& stack) {
  const int start_y = start / map.width;
  const int start_x = start % map.width;
  Extent extent{start_x, start_y, start_x, start_y, 0, map.values[static_cast<std::size_t>(start)]};
  const auto push = [&](int index) {
    float& value = map.values[static_cast<std::size_t>(index)];
    extent.peak = std::max(extent.peak, value);
    value = threshold;
    stack.push_back(index);
  };
  push(start);
  while (!stack.empty()) {
    const int index = stack.back();
    stack.pop_back();
    const int y = index / map.width;
    const int x = index % map.width;
    ++extent.cells;
    extent.left = std::min(extent.left, x);
    extent.right = std::max(extent.right, x);
    extent.top = std::min(extent.top, y);
    extent.bottom = std::max(extent.bottom, y);
    for (int ny = std::max(y - 1, 0); ny <= std::min(y + 1, map.height - 1); ++ny)
      for (int nx = std::max(x - 1, 0); nx <= std::min(x + 1, map.width - 1); ++nx)
        if (map.at(ny, nx) > threshold) push(ny * map.width + nx);
  }
  return extent;
}

}  // namespace

std::vector<Region> regions_above(const AnomalyMap& map, float threshold, int max_regions) {
  std::vector<Region> regions;
  if (max_regions <= 0 || map.values.empty() || !(maximum(map) > threshold)) return regions;
  AnomalyMap fine = resize_bilinear(map, refined(map.height), refined(map.width));
  std::vector<int> stack;
  for (int i = 0; i < static_cast<int>(fine.values.size()); ++i) {
    if (!(fine.values[static_cast<std::size_t>(i)] > threshold)) continue;
    const Extent e = take_component(fine, i, threshold, stack);
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
