// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a reader of pictures is to give, in double and step by step: a sample a pixel, its colour,
// then another size. Slow.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace mvga::testing {

/// A component as it was sampled.
struct ExactPlane {
  int width = 0;
  int height = 0;
  int pixels_across = 1;  ///< that share a sample
  int pixels_down = 1;
  bool cosited_across = false;
  bool cosited_down = false;
  std::vector<double> samples = {};  ///< [height, width]

  /// On straight lines between the samples, and beyond the last ones as those.
  double at(int x, int y) const {
    const auto place = [](int pixel, int n, bool cosited, int samples) {
      const double at = cosited ? pixel / double(n) : (pixel + 0.5) / n - 0.5;
      return std::clamp(at, 0.0, samples - 1.0);
    };
    const double px = place(x, pixels_across, cosited_across, width);
    const double py = place(y, pixels_down, cosited_down, height);
    const int left = static_cast<int>(px);
    const int top = static_cast<int>(py);
    const auto sample = [&](int sx, int sy) {
      return samples[static_cast<std::size_t>(std::min(sy, height - 1)) * width +
                     std::min(sx, width - 1)];
    };
    const double upper = std::lerp(sample(left, top), sample(left + 1, top), px - left);
    const double lower = std::lerp(sample(left, top + 1), sample(left + 1, top + 1), px - left);
    return std::lerp(upper, lower, py - top);
  }
};

using ExactColour = std::array<double, 3>;

struct ExactPicture {
  std::vector<ExactPlane> planes;                         ///< one or three
  std::function<ExactColour(const ExactColour&)> colour;  ///< of the components, 0 to 255
};

struct ExactPart {
  int x, y, width, height;
};

/// By weights that fall linearly to 0 over one pixel, or one new pixel where that is larger.
inline double exact_weight(int index, int pixel, int from, int to) {
  const double scale = static_cast<double>(from) / to;
  return std::max(0.0, 1 - std::abs(pixel + 0.5 - (index + 0.5) * scale) / std::max(scale, 1.0));
}

/// `from` values, each `stride` behind the other.
inline void resize_exactly(const double* values, std::size_t stride, int from, int to,
                           double* result, std::size_t result_stride) {
  for (int i = 0; i < to; ++i) {
    const double scale = static_cast<double>(from) / to;
    const double reach = std::max(scale, 1.0) + 1;
    const int begin = std::max(0, static_cast<int>((i + 0.5) * scale - reach));
    const int end = std::min(from, static_cast<int>((i + 0.5) * scale + reach) + 1);
    double sum = 0;
    double weights = 0;
    for (int k = begin; k < end; ++k) {
      const double weight = exact_weight(i, k, from, to);
      sum += weight * values[static_cast<std::size_t>(k) * stride];
      weights += weight;
    }
    result[static_cast<std::size_t>(i) * result_stride] = sum / weights;
  }
}

/// [height, width, 3], from 0 to 255 and not rounded.
inline std::vector<double> read_exactly(const ExactPicture& picture, const ExactPart& part,
                                        int width, int height) {
  const auto columns = static_cast<std::size_t>(width);
  std::vector<double> narrow(3 * columns * static_cast<std::size_t>(part.height));
  std::vector<double> row(3 * static_cast<std::size_t>(part.width));
  for (int y = 0; y < part.height; ++y) {
    for (int x = 0; x < part.width; ++x) {
      ExactColour c{};
      for (std::size_t p = 0; p < picture.planes.size(); ++p)
        c[p] = picture.planes[p].at(part.x + x, part.y + y);
      const ExactColour rgb = picture.colour(c);
      std::copy(rgb.begin(), rgb.end(), row.begin() + std::ptrdiff_t{3} * x);
    }
    for (std::size_t c = 0; c < 3; ++c)
      resize_exactly(row.data() + c, 3, part.width, width,
                     narrow.data() + 3 * columns * static_cast<std::size_t>(y) + c, 3);
  }
  std::vector<double> result(3 * columns * static_cast<std::size_t>(height));
  for (std::size_t i = 0; i < 3 * columns; ++i)
    resize_exactly(narrow.data() + i, 3 * columns, part.height, height, result.data() + i,
                   3 * columns);
  for (double& value : result) value = std::clamp(value, 0.0, 255.0);
  return result;
}

/// By how much a reader is off at most.
inline double largest_difference(const std::uint8_t* rgb, const std::vector<double>& exact) {
  double largest = 0;
  for (std::size_t i = 0; i < exact.size(); ++i)
    largest = std::max(largest, std::abs(rgb[i] - exact[i]));
  return largest;
}

}  // namespace mvga::testing
