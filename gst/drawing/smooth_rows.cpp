// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/smooth_rows.h"

#include <algorithm>
#include <cmath>

namespace mvga::overlay {
namespace {

/// The four neighbours of a position on one axis and their Catmull-Rom weights.
struct Taps {
  int first;  ///< index of the first neighbour, before clamping
  std::array<float, 4> weights;
};

Taps taps_at(double position) {
  const double whole = std::floor(position);
  const auto t = static_cast<float>(position - whole);
  const float u = 1 - t;
  return {static_cast<int>(whole) - 1,
          {-0.5f * t * u * u, 1 + t * t * (1.5f * t - 2.5f), 1 + u * u * (1.5f * u - 2.5f),
           -0.5f * u * t * t}};
}

}  // namespace

SmoothRows::SmoothRows(const AnomalyMap& map, const SampleGrid& grid)
    : grid_(grid), map_height_(map.height) {
  const auto clamped_row = [&](double y) {
    return static_cast<int>(std::clamp(std::floor(y), 0.0, map.height - 1.0));
  };
  first_row_ = clamped_row(grid.y - 1);
  const int last_row = clamped_row(grid.y + (grid.height - 1) * grid.dy + 2);
  const auto width = static_cast<std::size_t>(grid.width);
  stretched_.resize(width * (last_row - first_row_ + 1));

  for (int x = 0; x < grid.width; ++x) {
    const Taps taps = taps_at(grid.x + x * grid.dx);
    std::array<int, 4> column = {};
    for (int k = 0; k < 4; ++k) column[k] = std::clamp(taps.first + k, 0, map.width - 1);
    float* out = stretched_.data() + x;
    for (int y = first_row_; y <= last_row; ++y, out += width) {
      float sum = 0;
      for (int k = 0; k < 4; ++k) sum += taps.weights[k] * map.at(y, column[k]);
      *out = sum;
    }
  }
}

std::span<const float> SmoothRows::stretched_row(int map_row) const {
  const auto width = static_cast<std::size_t>(grid_.width);
  const int row = std::clamp(map_row, 0, map_height_ - 1) - first_row_;
  return std::span(stretched_).subspan(row * width, width);
}

void SmoothRows::row(int y, std::span<float> out) const {
  const Taps taps = taps_at(grid_.y + y * grid_.dy);
  const auto [w0, w1, w2, w3] = taps.weights;
  const float* a = stretched_row(taps.first).data();
  const float* b = stretched_row(taps.first + 1).data();
  const float* c = stretched_row(taps.first + 2).data();
  const float* d = stretched_row(taps.first + 3).data();
  float* result = out.data();
  for (std::size_t x = 0; x < out.size(); ++x) {
    result[x] = w0 * a[x] + w1 * b[x] + w2 * c[x] + w3 * d[x];
  }
}

AnomalyMap smooth_samples(const AnomalyMap& map, const SampleGrid& grid) {
  AnomalyMap samples{grid.height, grid.width, {}};
  samples.values.resize(static_cast<std::size_t>(grid.width) * grid.height);
  const SmoothRows rows(map, grid);
  for (int y = 0; y < grid.height; ++y) {
    rows.row(y, std::span(samples.values).subspan(std::size_t(y) * grid.width, grid.width));
  }
  return samples;
}

}  // namespace mvga::overlay
