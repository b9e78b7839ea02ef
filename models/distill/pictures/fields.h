// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Fields that look like surfaces: noise of all kinds, cells, waves, fractals.
#pragma once

#include "models/distill/pictures/picture.h"
#include "models/distill/pictures/random.h"

namespace mvga::distill {

/// Smooth noise with `cells` hills across and down; each of the `octaves` has twice as many as the
/// one before it and `gain` times its height (fractional Brownian motion for gains around a half).
struct NoiseShape {
  float cells_x = 4;
  float cells_y = 4;
  int octaves = 4;
  float gain = 0.5F;
};
Field noise(Random& random, int size, const NoiseShape& shape);
/// The same with sharp crests.
Field ridges(Random& random, int size, const NoiseShape& shape);
/// Independent normal numbers around 0.
Field grain(Random& random, int size);

/// Noise of one scale, made black and white: spots and labyrinths as of Turing's patterns.
Field spots(Random& random, int size);
/// Worley's cells: distance to the nearest seed, to the border between two, or a value a cell.
Field cells(Random& random, int size);
/// Stripes, checks, weaves, bricks, perforated sheet.
Field regular_pattern(Random& random, int size);
/// Rings around a far centre, bent by noise: wood.
Field wood(Random& random, int size);
/// A part of a Julia set.
Field julia(Random& random, int size);

/// Looks up `field`, which repeats itself like tiles, in a turned, scaled and bent grid of a field
/// of `size`.
struct Warp {
  float angle = 0;
  float scale_x = 1;  ///< pixels of `field` for one of the result
  float scale_y = 1;
  float bend = 0;        ///< pixels of `field`
  float bend_cells = 3;  ///< hills of the bending across the result
};
Field warped(Random& random, const Field& field, int size, const Warp& warp);
/// Any angle, up to a scale of 2 and some bending.
Warp some_warp(Random& random);

}  // namespace mvga::distill
