// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A grey picture of floats for textures, and its way to cairo.
#pragma once

#include <cstddef>
#include <vector>

#include "examples/common/handles.h"
#include "examples/inspection-line/dice.h"

namespace film {

struct Raster {
  int width;
  int height;
  std::vector<float> values;

  Raster(int w, int h)
      : width(w), height(h), values(static_cast<std::size_t>(w) * static_cast<std::size_t>(h)) {}
  float& at(int x, int y) { return values[index(x, y)]; }
  float at(int x, int y) const { return values[index(x, y)]; }

 private:
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
};

/// White noise smoothed over about `length_x` by `length_y` pixels, wrapping around at the left and
/// right edges; mean 0, deviation 1.
Raster smooth_noise(int width, int height, double length_x, double length_y, Dice& dice);

/// Smooths in place (wrapping in x).
void smooth(Raster& raster, double length_x, double length_y);

/// A colour whose brightness follows the raster: value 0 is the colour, 1 is `contrast` (of 255)
/// brighter.
struct Tone {
  double red;
  double green;
  double blue;
  double contrast;
};
mvga::examples::Surface textured(const Raster& raster, const Tone& tone);

/// The raster as an opacity.
mvga::examples::Surface alpha_mask(const Raster& raster);

}  // namespace film
