// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/light/jpeg_blocks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

#include "core/light/rounded.h"

namespace mvga {
namespace {

constexpr std::size_t kBlock = 8;

// ITU-T T.81, tables K.1 and K.2.
constexpr std::array<int, 64> kLuma{16,  11,  10,  16,  24, 40, 51,  61,  12,  12,  14,  19,  26,
                                    58,  60,  55,  14,  13, 16, 24,  40,  57,  69,  56,  14,  17,
                                    22,  29,  51,  87,  80, 62, 18,  22,  37,  56,  68,  109, 103,
                                    77,  24,  35,  55,  64, 81, 104, 113, 92,  49,  64,  78,  87,
                                    103, 121, 120, 101, 72, 92, 95,  98,  112, 100, 103, 99};
constexpr std::array<int, 64> kChroma{
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99,
    99, 99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99};

using Block = std::array<double, kBlock * kBlock>;

/// The cosine transform's matrix: orthonormal, so its inverse is its transpose.
const Block& cosines() {
  static const Block matrix = [] {
    Block m{};
    for (std::size_t k = 0; k < kBlock; ++k)
      for (std::size_t i = 0; i < kBlock; ++i)
        m[k * kBlock + i] = std::sqrt((k == 0 ? 1.0 : 2.0) / kBlock) *
                            std::cos(std::numbers::pi * (2.0 * static_cast<double>(i) + 1) *
                                     static_cast<double>(k) / (2.0 * kBlock));
    return m;
  }();
  return matrix;
}

/// a * b, or the transposes of either.
Block product(const Block& a, bool a_turned, const Block& b, bool b_turned) {
  Block c{};
  for (std::size_t i = 0; i < kBlock; ++i)
    for (std::size_t k = 0; k < kBlock; ++k) {
      const double factor = a_turned ? a[k * kBlock + i] : a[i * kBlock + k];
      for (std::size_t j = 0; j < kBlock; ++j)
        c[i * kBlock + j] += factor * (b_turned ? b[j * kBlock + k] : b[k * kBlock + j]);
    }
  return c;
}

void quantise(Block& block, const std::array<int, 64>& steps, double scale) {
  Block coefficients = product(product(cosines(), false, block, false), false, cosines(), true);
  for (std::size_t i = 0; i < coefficients.size(); ++i) {
    const double step = std::max(std::floor(steps[i] * scale + 0.5), 1.0);
    coefficients[i] = std::round(coefficients[i] / step) * step;
  }
  block = product(product(cosines(), true, coefficients, false), false, cosines(), false);
}

/// Red, green and blue to luma and the two colours (JFIF), and back.
std::array<double, 3> to_ycc(const std::uint8_t* rgb) {
  const double y = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
  return {y - 128, (rgb[2] - y) / 1.772, (rgb[0] - y) / 1.402};
}

void to_rgb(const std::array<double, 3>& ycc, std::uint8_t* rgb) {
  const double y = ycc[0] + 128;
  rgb[0] = rounded(y + 1.402 * ycc[2]);
  rgb[1] = rounded(y - (0.299 * 1.402 * ycc[2] + 0.114 * 1.772 * ycc[1]) / 0.587);
  rgb[2] = rounded(y + 1.772 * ycc[1]);
}

/// Blocks at the right and lower edge reach beyond it: the last pixels are repeated there.
void compress_block(RgbImage& image, std::size_t left, std::size_t top, double scale) {
  const auto at = [&](std::size_t i) {
    const std::size_t x = std::min(left + i % kBlock, static_cast<std::size_t>(image.width) - 1);
    const std::size_t y = std::min(top + i / kBlock, static_cast<std::size_t>(image.height) - 1);
    return image.pixels.data() + 3 * (y * static_cast<std::size_t>(image.width) + x);
  };
  std::array<Block, 3> planes{};
  for (std::size_t i = 0; i < kBlock * kBlock; ++i) {
    const std::array<double, 3> ycc = to_ycc(at(i));
    for (std::size_t c = 0; c < 3; ++c) planes[c][i] = ycc[c];
  }
  for (std::size_t c = 0; c < 3; ++c) quantise(planes[c], c == 0 ? kLuma : kChroma, scale);
  for (std::size_t i = kBlock * kBlock; i-- > 0;)  // the true pixel of a repeated one comes last
    to_rgb({planes[0][i], planes[1][i], planes[2][i]}, at(i));
}

}  // namespace

void compress_as_jpeg(RgbImage& image, double quality) {
  // As libjpeg scales the tables.
  const double scale = quality < 50 ? 50 / quality : (200 - 2 * quality) / 100;
  for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); y += kBlock)
    for (std::size_t x = 0; x < static_cast<std::size_t>(image.width); x += kBlock)
      compress_block(image, x, y, scale);
}

}  // namespace mvga
