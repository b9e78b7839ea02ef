// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/place_means.h"

namespace mvga {
namespace {

void between(const float* low, const float* high, float weight, std::size_t size, float* to) {
  for (std::size_t i = 0; i < size; ++i) to[i] = low[i] + weight * (high[i] - low[i]);
}

}  // namespace

PlaceRows::PlaceRows(const PlaceMeans& means, int height, int width)
    : means_(means),
      down_(bilinear_taps(means.height, height)),
      across_(bilinear_taps(means.width, width)),
      line_(static_cast<std::size_t>(means.width) * means.channels) {}

const float* PlaceRows::rows(int first, int rows) {
  const std::size_t line = across_.size() * means_.channels;
  rows_.resize(line * static_cast<std::size_t>(rows));
  for (int r = 0; r < rows; ++r) stretch(first + r, rows_.data() + line * r);
  return rows_.data();
}

void PlaceRows::stretch(int y, float* to) {
  const auto channels = static_cast<std::size_t>(means_.channels);
  const BilinearTap& row = down_[static_cast<std::size_t>(y)];
  between(means_.values.data() + line_.size() * row.low,
          means_.values.data() + line_.size() * row.high, row.weight, line_.size(), line_.data());
  for (const BilinearTap& column : across_) {
    between(line_.data() + channels * column.low, line_.data() + channels * column.high,
            column.weight, channels, to);
    to += channels;
  }
}

}  // namespace mvga
