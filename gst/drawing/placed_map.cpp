// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/placed_map.h"

#include <algorithm>
#include <cmath>

namespace mvga::overlay {
namespace {

constexpr float lowest = -0.5f;
constexpr float highest = 1.5f;
// A cell reaches as far as its interpolation does.
constexpr int reach = 2;

float limited(float value) {
  return value > lowest ? std::min(value, highest) : lowest;
}

/// 1 for every cell that a value above the normal range can colour.
std::vector<char> cells_in_reach(const AnomalyMap& map) {
  std::vector<char> marked(map.values.size());
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) {
      if (map.at(y, x) <= 0) continue;
      const int left = std::max(x - reach, 0);
      const int right = std::min(x + reach, map.width - 1);
      for (int row = std::max(y - reach, 0); row <= std::min(y + reach, map.height - 1); ++row) {
        const auto begin = marked.begin() + std::ptrdiff_t(row) * map.width;
        std::fill(begin + left, begin + right + 1, 1);
      }
    }
  }
  return marked;
}

/// The box, in cells, around the marked cells connected with `start`; unmarks them.
PixelRect take_component(std::vector<char>& marked, int width, int height, int start) {
  PixelRect box{start % width, start / width, 1, 1};
  std::vector<int> open = {start};
  marked[start] = 0;
  const auto visit = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height || !marked[y * width + x]) return;
    marked[y * width + x] = 0;
    open.push_back(y * width + x);
  };
  while (!open.empty()) {
    const int x = open.back() % width;
    const int y = open.back() / width;
    open.pop_back();
    box = bounding_box(box, {x, y, 1, 1});
    visit(x - 1, y);
    visit(x + 1, y);
    visit(x, y - 1);
    visit(x, y + 1);
  }
  return box;
}

}  // namespace

PlacedMap::PlacedMap(const Detection& detection, int frame_width, int frame_height) {
  const AnomalyMap& map = detection.map;
  const PixelRect area = gst::pixels_of(detection.roi, frame_width, frame_height);
  const bool usable = map.width > 0 && map.height > 0 && !area.empty() &&
                      map.values.size() == static_cast<std::size_t>(map.width) * map.height &&
                      detection.map_scale.threshold > detection.map_scale.normal;
  if (!usable) return;
  area_ = area;
  map_ = {map.height, map.width, {}};
  map_.values.resize(map.values.size());
  std::transform(map.values.begin(), map.values.end(), map_.values.begin(),
                 [&](float value) { return limited(detection.map_scale.normalised(value)); });
  cell_width_ = static_cast<double>(area_.width) / map.width;
  cell_height_ = static_cast<double>(area_.height) / map.height;
}

std::vector<PixelRect> PlacedMap::abnormal_areas() const {
  std::vector<PixelRect> areas;
  if (std::none_of(map_.values.begin(), map_.values.end(), [](float v) { return v > 0; })) {
    return areas;
  }
  std::vector<char> marked = cells_in_reach(map_);
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (!marked[i]) continue;
    const PixelRect cells = take_component(marked, map_.width, map_.height, static_cast<int>(i));
    const PixelRect pixels = between(area_.x + std::floor(cells.x * cell_width_),
                                     area_.y + std::floor(cells.y * cell_height_),
                                     area_.x + std::ceil(cells.right() * cell_width_),
                                     area_.y + std::ceil(cells.bottom() * cell_height_));
    areas.push_back(intersection(pixels, area_));
  }
  return areas;
}

SampleGrid PlacedMap::samples(const PixelRect& rect, int width, int height) const {
  const double step_x = static_cast<double>(rect.width) / width;
  const double step_y = static_cast<double>(rect.height) / height;
  return {(rect.x - area_.x + 0.5 * step_x) / cell_width_ - 0.5,
          (rect.y - area_.y + 0.5 * step_y) / cell_height_ - 0.5,
          step_x / cell_width_,
          step_y / cell_height_,
          width,
          height};
}

SampleGrid PlacedMap::nodes(const PixelRect& rect, int columns, int rows) const {
  return {(rect.x - area_.x) / cell_width_ - 0.5,
          (rect.y - area_.y) / cell_height_ - 0.5,
          rect.width / (cell_width_ * (columns - 1)),
          rect.height / (cell_height_ * (rows - 1)),
          columns,
          rows};
}

}  // namespace mvga::overlay
