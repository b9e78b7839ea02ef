// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/part_painter.h"

#include <cmath>

#include "examples/inspection-line/defects.h"
#include "examples/inspection-line/paint.h"
#include "examples/inspection-line/part_details.h"
#include "examples/inspection-line/raster.h"

namespace film {
namespace {

using mvga::examples::Cairo;
using mvga::examples::Surface;

constexpr double kBevel = 4;

int pixels(double units, double scale) {
  return static_cast<int>(std::lround(units * scale));
}

// Brushed along x, with the clouds of an uneven finish; every part has its own tone.
Surface make_metal(int width, int height, double scale, Dice& dice) {
  Raster brushed = smooth_noise(width, height, 45 * scale, 0.45 * scale, dice);
  const Raster fine = smooth_noise(width, height, 7 * scale, 0.3 * scale, dice);
  const Raster clouds = smooth_noise(width, height, 34 * scale, 30 * scale, dice);
  for (std::size_t i = 0; i < brushed.values.size(); ++i)
    brushed.values[i] = 0.75f * brushed.values[i] + 0.5f * fine.values[i] + 0.5f * clouds.values[i];
  const double grey = dice.between(150, 170);
  const double warmth = dice.between(-3, 3);
  return textured(brushed, {grey + warmth, grey, grey + 2 - warmth, dice.between(6, 8.5)});
}

void paint_body(cairo_t* cr, const Surface& metal, double scale) {
  const double left = -kPartWidth / 2;
  const double top = -kPartHeight / 2;
  rounded_rectangle(cr, left, top, kPartWidth, kPartHeight, 13);
  fill_linear(cr, left, top, -left, -top,
              {{0, 0.93}, {0.35, 0.78}, {0.5, 0.55}, {0.65, 0.36}, {1, 0.26}});
  rounded_rectangle(cr, left + kBevel, top + kBevel, kPartWidth - 2 * kBevel,
                    kPartHeight - 2 * kBevel, 10);
  cairo_save(cr);
  cairo_clip(cr);
  cairo_translate(cr, left - kPictureMargin, top - kPictureMargin);
  cairo_scale(cr, 1 / scale, 1 / scale);
  cairo_set_source_surface(cr, metal.get(), 0, 0);
  cairo_paint(cr);
  cairo_restore(cr);
}

}  // namespace

PartPicture paint_part(const Part& part, double scale) {
  Dice dice(part.seed);
  const int width = pixels(kPartWidth + 2 * kPictureMargin, scale);
  const int height = pixels(kPartHeight + 2 * kPictureMargin, scale);
  PartPicture picture;
  picture.surface.reset(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
  const Cairo owner(cairo_create(picture.surface.get()));
  cairo_t* cr = owner.get();
  cairo_translate(cr, width / 2.0, height / 2.0);
  cairo_scale(cr, scale, scale);

  paint_body(cr, make_metal(width, height, scale, dice), scale);
  paint_engraving(cr, part.serial);
  paint_bore(cr, dice);
  paint_label(cr, part.serial, dice);
  paint_connector(cr);
  for (const Point& screw : kScrews) paint_screw(cr, screw, dice);
  if (part.defect) picture.defect = paint_defect(cr, *part.defect, dice);
  return picture;
}

Surface paint_shadow(double scale) {
  Raster shadow(pixels(kPartWidth + 2 * kPictureMargin, scale),
                pixels(kPartHeight + 2 * kPictureMargin, scale));
  const int margin = pixels(kPictureMargin, scale);
  for (int y = margin; y < shadow.height - margin; ++y)
    for (int x = margin; x < shadow.width - margin; ++x) shadow.at(x, y) = 0.72f;
  for (int i = 0; i < 2; ++i) smooth(shadow, 3 * scale, 3 * scale);
  return alpha_mask(shadow);
}

}  // namespace film
