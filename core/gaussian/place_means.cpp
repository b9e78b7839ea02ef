// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/place_means.h"

#include <algorithm>

namespace mvga {
namespace {

struct Tap {
  int low;
  int high;
  float weight;  // of `high`
};

Tap tap_of(int at, int side, int cells) {
  const float source = std::max(
      (static_cast<float>(at) + 0.5f) * static_cast<float>(cells) / static_cast<float>(side) - 0.5f,
      0.0f);
  const int low = std::min(static_cast<int>(source), cells - 1);
  return {low, std::min(low + 1, cells - 1), source - static_cast<float>(low)};
}

void between(const float* low, const float* high, float weight, std::size_t size, float* to) {
  for (std::size_t i = 0; i < size; ++i) to[i] = low[i] + weight * (high[i] - low[i]);
}

}  // namespace

PlaceRows::PlaceRows(const PlaceMeans& means, int height, int width)
    : means_(means),
      height_(height),
      width_(width),
      line_(static_cast<std::size_t>(means.width) * means.channels) {}

const float* PlaceRows::rows(int first, int rows) {
  const std::size_t line = static_cast<std::size_t>(width_) * means_.channels;
  rows_.resize(line * static_cast<std::size_t>(rows));
  for (int r = 0; r < rows; ++r) stretch(first + r, rows_.data() + line * r);
  return rows_.data();
}

void PlaceRows::stretch(int y, float* to) {
  const auto channels = static_cast<std::size_t>(means_.channels);
  const Tap row = tap_of(y, height_, means_.height);
  between(means_.values.data() + line_.size() * row.low,
          means_.values.data() + line_.size() * row.high, row.weight, line_.size(), line_.data());
  for (int x = 0; x < width_; ++x) {
    const Tap column = tap_of(x, width_, means_.width);
    between(line_.data() + channels * column.low, line_.data() + channels * column.high,
            column.weight, channels, to + channels * x);
  }
}

}  // namespace mvga
