// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What pictures are made of while they are made: square fields of numbers, and colours.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <utility>
#include <vector>

#include "core/features/rgb_view.h"

namespace mvga::distill {

inline constexpr float pi = std::numbers::pi_v<float>;

/// size x size numbers, row by row; mostly in [0, 1].
struct Field {
  explicit Field(int side, float value = 0)
      : size(side), values(static_cast<std::size_t>(side) * side, value) {}

  float& at(int x, int y) { return values[static_cast<std::size_t>(y) * size + x]; }
  float at(int x, int y) const { return values[static_cast<std::size_t>(y) * size + x]; }
  float* row(int y) { return values.data() + static_cast<std::size_t>(y) * size; }
  const float* row(int y) const { return values.data() + static_cast<std::size_t>(y) * size; }

  int size;
  std::vector<float> values;
};

using Colour = std::array<float, 3>;  ///< red, green, blue in [0, 1]

/// Three fields: red, green, blue.
struct Picture {
  explicit Picture(int side, const Colour& colour = {})
      : planes{Field(side, colour[0]), Field(side, colour[1]), Field(side, colour[2])} {}
  int size() const { return planes[0].size; }

  std::array<Field, 3> planes;
};

/// What a camera gives in the end.
struct Bytes {
  explicit Bytes(int side) : size(side), rgb(std::size_t{3} * side * side) {}
  RgbView view() const { return {rgb.data(), size, size, std::ptrdiff_t{3} * size}; }

  int size;
  std::vector<std::uint8_t> rgb;
};

/// below = above where mask is 1, and a mixture where it is between 0 and 1.
void lay_over(Picture& below, const Picture& above, const Field& mask);
/// Brings the smallest and the largest value to 0 and 1.
void stretch(Field& field);
/// 0 below low, 1 above high, a smooth step between.
void step(Field& field, float low, float high);
/// The value that a share of all is below; of a sample, which is enough for pictures.
float quantile(const Field& field, float share);
/// Gaussian, the border repeated.
void blur(Field& field, float sigma);
void blur(Picture& picture, float sigma);

}  // namespace mvga::distill
