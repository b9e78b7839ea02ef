// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/raster.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace film {
namespace {

using mvga::examples::Surface;

// Exponential smoothing forwards and backwards. Twice around, so that a wrapped edge leaves no
// seam.
template <typename At>
void smooth_line(int n, double length, bool wrap, At at) {
  if (length <= 0) return;
  const auto keep = static_cast<float>(std::exp(-1 / length));
  const int turns = wrap ? 2 : 1;
  float state = at(0);
  for (int i = 0; i < n * turns; ++i) {
    state = keep * state + (1 - keep) * at(i % n);
    if (i >= n * (turns - 1)) at(i % n) = state;
  }
  state = at(n - 1);
  for (int i = 0; i < n * turns; ++i) {
    const int k = n - 1 - i % n;
    state = keep * state + (1 - keep) * at(k);
    if (i >= n * (turns - 1)) at(k) = state;
  }
}

void standardise(Raster& raster) {
  double sum = 0;
  double squares = 0;
  for (const float v : raster.values) {
    sum += v;
    squares += static_cast<double>(v) * v;
  }
  const auto n = static_cast<double>(raster.values.size());
  const double mean = sum / n;
  const double deviation = std::sqrt(std::max(1e-12, squares / n - mean * mean));
  for (float& v : raster.values) v = static_cast<float>((v - mean) / deviation);
}

std::uint8_t byte(double value) {
  return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
}

}  // namespace

void smooth(Raster& raster, double length_x, double length_y) {
  for (int y = 0; y < raster.height; ++y)
    smooth_line(raster.width, length_x, true, [&](int x) -> float& { return raster.at(x, y); });
  for (int x = 0; x < raster.width; ++x)
    smooth_line(raster.height, length_y, false, [&](int y) -> float& { return raster.at(x, y); });
}

Raster smooth_noise(int width, int height, double length_x, double length_y, Dice& dice) {
  Raster raster(width, height);
  for (float& v : raster.values) v = static_cast<float>(dice.uniform() - 0.5);
  smooth(raster, length_x, length_y);
  standardise(raster);
  return raster;
}

Surface textured(const Raster& raster, const Tone& tone) {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, raster.width, raster.height));
  cairo_surface_flush(surface.get());
  unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < raster.height; ++y) {
    auto* row = reinterpret_cast<std::uint32_t*>(data + static_cast<std::ptrdiff_t>(y) * stride);
    for (int x = 0; x < raster.width; ++x) {
      const double add = raster.at(x, y) * tone.contrast;
      row[x] = static_cast<std::uint32_t>(byte(tone.red + add) << 16 | byte(tone.green + add) << 8 |
                                          byte(tone.blue + add));
    }
  }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

Surface alpha_mask(const Raster& raster) {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_A8, raster.width, raster.height));
  cairo_surface_flush(surface.get());
  unsigned char* data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < raster.height; ++y)
    for (int x = 0; x < raster.width; ++x)
      data[static_cast<std::ptrdiff_t>(y) * stride + x] = byte(255 * raster.at(x, y));
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

}  // namespace film
