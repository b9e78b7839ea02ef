// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/conveyor.h"

#include <cmath>
#include <numbers>

#include "examples/inspection-line/dice.h"
#include "examples/inspection-line/paint.h"
#include "examples/inspection-line/raster.h"

namespace film {
namespace {

using mvga::examples::Surface;

constexpr double kBeltLoop = 1744;  // scene units until the belt repeats
constexpr double kMargin = 8;

Surface make_belt(double scale, std::uint64_t seed) {
  Dice dice(seed, 1);
  const int width = static_cast<int>(kBeltLoop * scale);
  const int height = static_cast<int>((kBeltBottom - kBeltTop) * scale);
  Raster belt = smooth_noise(width, height, 0.5 * scale, 0.5 * scale, dice);
  const Raster clouds = smooth_noise(width, height, 40 * scale, 26 * scale, dice);
  const Raster scuffs = smooth_noise(width, height, 70 * scale, 0.7 * scale, dice);
  // A woven top: two directions of thread, 5 units apart.
  const double turn = 2 * std::numbers::pi / (5 * scale);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double weave = std::sin(turn * x) * std::sin(turn * y);
      const float scuff = std::max(0.f, scuffs.at(x, y) - 0.9f);
      belt.at(x, y) = 0.55f * belt.at(x, y) + 1.0f * static_cast<float>(weave) +
                      0.65f * clouds.at(x, y) + 1.1f * scuff;
    }
  return textured(belt, {54, 66, 70, 6});
}

Surface make_metal(double scale, double width, std::uint64_t seed) {
  Dice dice(seed, 2);
  const Raster metal = smooth_noise(static_cast<int>(width * scale), static_cast<int>(50 * scale),
                                    60 * scale, 0.6 * scale, dice);
  return textured(metal, {126, 130, 134, 5});
}

void bolt(cairo_t* cr, double x, double y) {
  cairo_arc(cr, x + 0.8, y + 1.2, 6.2, 0, 2 * std::numbers::pi);
  fill_radial(cr, x, y, 7, {{0, 0, 0.6}, {0.8, 0, 0.5}, {1, 0, 0}});
  cairo_arc(cr, x, y, 5.2, 0, 2 * std::numbers::pi);
  fill_linear(cr, x - 5, y - 5, x + 5, y + 5, {{0, 0.75}, {1, 0.3}});
  cairo_arc(cr, x, y, 2.5, 0, 2 * std::numbers::pi);
  fill_linear(cr, x - 3, y - 3, x + 3, y + 3, {{0, 0.08}, {1, 0.3}});
}

}  // namespace

Conveyor::Conveyor(const Settings& settings)
    : scale_(settings.scale()),
      width_(settings.scene_width()),
      belt_(make_belt(scale_, settings.seed)),
      metal_(make_metal(scale_, width_ + 2 * kMargin, settings.seed)) {}

void Conveyor::draw_belt(cairo_t* cr, double seconds) const {
  cairo_save(cr);
  cairo_rectangle(cr, -kMargin, kBeltTop - 1, width_ + 2 * kMargin, kBeltBottom - kBeltTop + 2);
  cairo_clip(cr);
  cairo_translate(cr, std::fmod(seconds * kBeltSpeed, kBeltLoop), kBeltTop);
  cairo_scale(cr, 1 / scale_, 1 / scale_);
  cairo_set_source_surface(cr, belt_.get(), 0, 0);
  cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_REPEAT);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BILINEAR);
  cairo_paint(cr);
  cairo_restore(cr);
  // The belt sinks into the dark under the rails.
  for (const bool top : {true, false}) {
    const double edge = top ? kBeltTop : kBeltBottom;
    const double inner = top ? edge + 20 : edge - 12;
    cairo_rectangle(cr, -kMargin, std::min(edge, inner), width_ + 2 * kMargin,
                    std::abs(inner - edge));
    fill_linear(cr, 0, edge, 0, inner, {{0, 0, 0.62}, {0.5, 0, 0.2}, {1, 0, 0}});
  }
}

void Conveyor::draw_rails(cairo_t* cr) const {
  for (const bool top : {true, false}) {
    const double y = top ? -kMargin : kBeltBottom;
    const double height = top ? kBeltTop + kMargin : kSceneHeight - kBeltBottom + kMargin;
    cairo_save(cr);
    cairo_rectangle(cr, -kMargin, y, width_ + 2 * kMargin, height);
    cairo_clip(cr);
    cairo_translate(cr, -kMargin, y);
    cairo_scale(cr, 1 / scale_, 1 / scale_);
    cairo_set_source_surface(cr, metal_.get(), 0, 0);
    cairo_paint(cr);
    cairo_restore(cr);
    cairo_rectangle(cr, -kMargin, y, width_ + 2 * kMargin, height);
    fill_linear(cr, 0, y, 0, y + height,
                {{0, 1, 0.25}, {0.08, 1, 0.1}, {0.12, 0, 0.05}, {0.85, 0, 0.25}, {1, 0, 0.6}});
    const double slot = top ? 10 : kBeltBottom + 13;
    cairo_rectangle(cr, -kMargin, slot, width_ + 2 * kMargin, 8);
    fill_linear(cr, 0, slot, 0, slot + 8, {{0, 0.04}, {0.7, 0.16}, {0.85, 0.2}, {1, 0.75}});
    for (int x = 57; x < width_ + kMargin; x += 148) bolt(cr, x, top ? 25 : kBeltBottom + 6.5);
  }
}

}  // namespace film
