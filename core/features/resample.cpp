// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/resample.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace mvga {
namespace {

/// What one new pixel takes of the old ones from `first` on, along one side. Adds up to 1.
struct Share {
  int first = 0;
  std::vector<float> weights;
};

std::vector<Share> shares(int from, int to) {
  const double scale = static_cast<double>(from) / to;
  const double reach = std::max(scale, 1.0);
  std::vector<Share> all(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const double centre = (i + 0.5) * scale;
    const int begin = std::max(0, static_cast<int>(std::lround(centre - reach)));
    const int end = std::min(from, static_cast<int>(std::lround(centre + reach)));
    const auto weight = [&](int k) {
      return std::max(0.0, 1 - std::abs(k + 0.5 - centre) / reach);
    };
    double sum = 0;
    for (int k = begin; k < end; ++k) sum += weight(k);
    Share& share = all[static_cast<std::size_t>(i)];
    share.first = begin;
    for (int k = begin; k < end; ++k) share.weights.push_back(static_cast<float>(weight(k) / sum));
  }
  return all;
}

/// A row of as many values as `sums` has, by the shares of the rows above each other.
void mean_of_rows(const RgbView& image, const Share& share, std::vector<float>& sums) {
  std::fill(sums.begin(), sums.end(), 0.0F);
  const std::uint8_t* row = image.data + share.first * image.stride;
  for (const float weight : share.weights) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += weight * static_cast<float>(row[i]);
    row += image.stride;
  }
}

void mean_of_pixels(const std::vector<float>& row, const Share& share, std::uint8_t* rgb) {
  float sums[3] = {0.5F, 0.5F, 0.5F};  // what is cut off at the end rounds
  const float* pixel = row.data() + static_cast<std::ptrdiff_t>(3) * share.first;
  for (const float weight : share.weights) {
    for (int c = 0; c < 3; ++c) sums[c] += weight * pixel[c];
    pixel += 3;
  }
  for (int c = 0; c < 3; ++c) rgb[c] = static_cast<std::uint8_t>(sums[c]);
}

}  // namespace

// The height first: that is a loop over whole rows, and the width then has fewer of them.
std::vector<std::uint8_t> resampled(const RgbView& image, int width, int height) {
  const std::vector<Share> across = shares(image.width, width);
  std::vector<float> row(3 * static_cast<std::size_t>(image.width));
  std::vector<std::uint8_t> pixels(3 * static_cast<std::size_t>(width) *
                                   static_cast<std::size_t>(height));
  std::uint8_t* pixel = pixels.data();
  for (const Share& down : shares(image.height, height)) {
    mean_of_rows(image, down, row);
    for (const Share& share : across) {
      mean_of_pixels(row, share, pixel);
      pixel += 3;
    }
  }
  return pixels;
}

}  // namespace mvga
