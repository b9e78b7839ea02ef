// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is drawn with a pen: leaves, shapes, fibres, signs, printed patterns, scratches.
#pragma once

#include <cairo.h>

#include <memory>

#include "models/distill/pictures/colours.h"
#include "models/distill/pictures/picture.h"
#include "models/distill/pictures/random.h"

namespace mvga::distill {

/// A picture that cairo draws into, in 8 bits.
class Canvas {
 public:
  explicit Canvas(int size, const Colour& paper = {});

  cairo_t* pen() const { return pen_.get(); }
  void set_colour(const Colour& colour, float alpha = 1) const;
  Picture picture() const;
  /// The red channel alone.
  Field field() const;

 private:
  struct Free {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* pen) const { cairo_destroy(pen); }
  };
  const unsigned char* pixels() const;

  int size_;
  std::unique_ptr<cairo_surface_t, Free> surface_;
  std::unique_ptr<cairo_t, Free> pen_;
};

/// Opaque shapes on top of each other, many small and few large ones, until nothing shows of what
/// is below (dead leaves: Matheron 1968; the sizes follow a power law as in natural pictures).
Picture dead_leaves(Random& random, int size, const Palette& palette);
/// Many thin strokes: paper, felt, hair, brushed metal.
Field fibres(Random& random, int size);
/// Lines of invented signs: print and handwriting of no language.
Field writing(Random& random, int size);
/// Frames, bars, rings, dots, grids: what is printed on labels and boards.
Field print(Random& random, int size);
/// One shape somewhere in the middle half, white on black: the outline of a part.
Field silhouette(Random& random, int size);
/// Like `silhouette`, many times in rows.
Field rows_of_parts(Random& random, int size);
/// A few scratches, cracks or stains.
Field marks(Random& random, int size);

}  // namespace mvga::distill
