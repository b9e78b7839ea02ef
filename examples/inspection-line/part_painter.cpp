// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/part_painter.h"

#include <cmath>
#include <cstddef>
#include <cstdlib>

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

// Less is lost in the noise of the camera.
constexpr int kVisible = 16;

Surface copy_of(cairo_surface_t* picture) {
  Surface copy(cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                          cairo_image_surface_get_width(picture),
                                          cairo_image_surface_get_height(picture)));
  const Cairo cr(cairo_create(copy.get()));
  cairo_set_source_surface(cr.get(), picture, 0, 0);
  cairo_set_operator(cr.get(), CAIRO_OPERATOR_SOURCE);
  cairo_paint(cr.get());
  return copy;
}

/// Opaque where two pictures of the same size can be told apart.
Surface difference(cairo_surface_t* before, cairo_surface_t* after) {
  const int width = cairo_image_surface_get_width(after);
  const int height = cairo_image_surface_get_height(after);
  Surface mask(cairo_image_surface_create(CAIRO_FORMAT_A8, width, height));
  cairo_surface_flush(before);
  cairo_surface_flush(after);
  const auto row = [](cairo_surface_t* surface, int y) {
    return cairo_image_surface_get_data(surface) +
           static_cast<std::ptrdiff_t>(y) * cairo_image_surface_get_stride(surface);
  };
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < 4 * width; ++x)
      if (std::abs(row(before, y)[x] - row(after, y)[x]) > kVisible)
        row(mask.get(), y)[x / 4] = 255;
  cairo_surface_mark_dirty(mask.get());
  return mask;
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
  if (!part.defect) return picture;
  const Surface without_defect = copy_of(picture.surface.get());
  picture.defect = paint_defect(cr, *part.defect, dice);
  picture.defect_mask = difference(without_defect.get(), picture.surface.get());
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
