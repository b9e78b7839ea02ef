// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/anomaly_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

#include "core/base/bilinear_taps.h"

namespace mvga {
namespace {

// Rows of the map at the output's width. Two neighbouring rows serve several rows of the output.
class StretchedRows {
 public:
  StretchedRows(const AnomalyMap& map, int width)
      : map_(map),
        taps_(bilinear_taps(map.width, width)),
        rows_{std::vector<float>(taps_.size()), std::vector<float>(taps_.size())} {}

  const float* row(int y) {
    std::vector<float>& stretched = rows_[y % 2];
    if (held_[y % 2] == y) return stretched.data();
    held_[y % 2] = y;
    const float* from = map_.values.data() + static_cast<std::size_t>(y) * map_.width;
    for (std::size_t x = 0; x < taps_.size(); ++x) {
      const BilinearTap& tap = taps_[x];
      stretched[x] = from[tap.low] + tap.weight * (from[tap.high] - from[tap.low]);
    }
    return stretched.data();
  }

 private:
  const AnomalyMap& map_;
  std::vector<BilinearTap> taps_;
  std::array<std::vector<float>, 2> rows_;
  std::array<int, 2> held_{-1, -1};
};

// out += gain * resized(map)
void add_resized(const AnomalyMap& map, float gain, AnomalyMap& out) {
  if (map.height == out.height && map.width == out.width) {
    for (std::size_t i = 0; i < out.values.size(); ++i) out.values[i] += gain * map.values[i];
    return;
  }
  StretchedRows stretched(map, out.width);
  const std::vector<BilinearTap> rows = bilinear_taps(map.height, out.height);
  for (int y = 0; y < out.height; ++y) {
    const BilinearTap& row = rows[static_cast<std::size_t>(y)];
    const float* upper = stretched.row(row.low);
    const float* lower = stretched.row(row.high);
    float* target = out.values.data() + static_cast<std::size_t>(y) * out.width;
    for (int x = 0; x < out.width; ++x)
      target[x] += gain * (upper[x] + row.weight * (lower[x] - upper[x]));
  }
}

AnomalyMap blank(int height, int width, float value) {
  return {height, width, std::vector<float>(static_cast<std::size_t>(height) * width, value)};
}

}  // namespace

AnomalyMap resize_bilinear(const AnomalyMap& map, int height, int width) {
  AnomalyMap out = blank(height, width, 0);
  add_resized(map, 1, out);
  return out;
}

AnomalyMap fuse(std::span<const AnomalyMap> maps, std::span<const LevelScale> scales, int height,
                int width) {
  const auto n = static_cast<float>(maps.size());
  float offset = 0;
  for (const LevelScale& s : scales) offset -= s.offset / (s.scale * n);
  AnomalyMap fused = blank(height, width, offset);
  for (std::size_t i = 0; i < maps.size(); ++i)
    add_resized(maps[i], 1 / (scales[i].scale * n), fused);
  return fused;
}

AnomalyMap fuse_on_finest(std::span<const AnomalyMap> maps, std::span<const LevelScale> scales) {
  const auto finest = std::max_element(
      maps.begin(), maps.end(),
      [](const AnomalyMap& a, const AnomalyMap& b) { return a.values.size() < b.values.size(); });
  return fuse(maps, scales, finest->height, finest->width);
}

double upper_spread(const AnomalyMap& map) {
  std::vector<float> values = map.values;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  // What lies below the median is on its left now.
  const double median = *middle;
  double sum = 0;
  for (auto v = middle; v != values.end(); ++v) sum += (*v - median) * (*v - median);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

double mean_of_top(const AnomalyMap& map, double share) {
  std::vector<float> values = map.values;
  const auto count =
      std::max<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size())), 1);
  std::nth_element(values.begin(), values.begin() + (count - 1), values.end(), std::greater<>());
  return std::accumulate(values.begin(), values.begin() + count, 0.0) / static_cast<double>(count);
}

float maximum(const AnomalyMap& map) {
  return *std::max_element(map.values.begin(), map.values.end());
}

}  // namespace mvga
