// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/inspection-line/scene.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "examples/inspection-line/dice.h"
#include "examples/inspection-line/paint.h"
#include "examples/inspection-line/part_details.h"

namespace film {
namespace {

constexpr double kReach = kPartWidth / 2 + kPictureMargin + 12;

}  // namespace

Scene::Scene(const Settings& settings)
    : settings_(settings),
      conveyor_(settings),
      parts_(plan_parts(settings)),
      shadow_(paint_shadow(settings.scale())) {}

bool Scene::in_sight(const Part& part, int frame) const {
  const double x = part_x(part, seconds(frame));
  return x > -kReach && x < settings_.scene_width() + kReach;
}

const PartPicture& Scene::picture_of(const Part& part) {
  auto found = pictures_.find(part.serial);
  if (found == pictures_.end())
    found = pictures_.emplace(part.serial, paint_part(part, settings_.scale())).first;
  return found->second;
}

// The machine makes the camera tremble: two slow modes and a little of everything.
cairo_matrix_t Scene::camera(int frame) const {
  Dice dice(settings_.seed, static_cast<std::uint64_t>(frame) + (1u << 30));
  const double t = seconds(frame);
  const double dx = 0.5 * std::sin(7.3 * t) + 0.3 * std::sin(47 * t) + 0.12 * dice.gaussian();
  const double dy = 0.4 * std::sin(5.9 * t + 1) + 0.3 * std::sin(61 * t) + 0.12 * dice.gaussian();
  const double angle = 0.0007 * std::sin(6.7 * t) + 0.0002 * dice.gaussian();
  cairo_matrix_t m;
  cairo_matrix_init_scale(&m, settings_.scale(), settings_.scale());
  cairo_matrix_translate(&m, settings_.scene_width() / 2 + dx, kSceneHeight / 2 + dy);
  cairo_matrix_rotate(&m, angle);
  cairo_matrix_translate(&m, -settings_.scene_width() / 2, -kSceneHeight / 2);
  return m;
}

cairo_matrix_t Scene::placed(const Part& part, int frame) const {
  cairo_matrix_t m = camera(frame);
  cairo_matrix_translate(&m, part_x(part, seconds(frame)), (kBeltTop + kBeltBottom) / 2 + part.y);
  cairo_matrix_rotate(&m, part.angle);
  return m;
}

void Scene::draw_sheen(cairo_t* cr, const Part& part, int frame) const {
  // The lamp stands still: its reflection wanders over a passing part.
  const double lamp = 0.42 * settings_.scene_width() + 26 * std::sin(0.61 * seconds(frame)) -
                      part_x(part, seconds(frame));
  // Only of the bare metal.
  rounded_rectangle(cr, -kPartWidth / 2, -kPartHeight / 2, kPartWidth, kPartHeight, 13);
  cairo_new_sub_path(cr);
  cairo_arc(cr, kBore.x, kBore.y, kBoreRadius, 0, 2 * std::numbers::pi);
  cairo_rectangle(cr, kConnector.x - 33, kConnector.y - 16, 66, 32);
  cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
  fill_linear(cr, lamp - 150, 40, lamp + 150, -40,
              {{0, 1, 0}, {0.35, 1, 0.07}, {0.5, 1, 0.2}, {0.65, 1, 0.07}, {1, 1, 0}});
}

void Scene::draw_part(cairo_t* cr, const Part& part, int frame) {
  const double scale = settings_.scale();
  cairo_surface_t* picture = picture_of(part).surface.get();
  const double left = -cairo_image_surface_get_width(picture) / 2.0;
  const double top = -cairo_image_surface_get_height(picture) / 2.0;
  const cairo_matrix_t m = placed(part, frame);
  cairo_save(cr);
  cairo_set_matrix(cr, &m);
  cairo_scale(cr, 1 / scale, 1 / scale);
  cairo_set_source_rgb(cr, 0.01, 0.012, 0.015);
  cairo_mask_surface(cr, shadow_.get(), left + 6 * scale, top + 8 * scale);
  cairo_set_source_surface(cr, picture, left, top);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_BILINEAR);
  cairo_paint(cr);
  cairo_scale(cr, scale, scale);
  draw_sheen(cr, part, frame);
  cairo_restore(cr);
}

void Scene::draw(cairo_t* cr, int frame) {
  cairo_save(cr);
  const cairo_matrix_t m = camera(frame);
  cairo_set_matrix(cr, &m);
  conveyor_.draw_belt(cr, seconds(frame));
  for (const Part& part : parts_) {
    if (in_sight(part, frame))
      draw_part(cr, part, frame);
    else
      pictures_.erase(part.serial);
  }
  conveyor_.draw_rails(cr);
  cairo_restore(cr);
}

void Scene::draw_defects(cairo_t* cr, int frame) {
  const double scale = settings_.scale();
  for (const Part& part : parts_) {
    if (!part.defect || !in_sight(part, frame)) continue;
    cairo_surface_t* mask = picture_of(part).defect_mask.get();
    const cairo_matrix_t m = placed(part, frame);
    cairo_save(cr);
    cairo_set_matrix(cr, &m);
    cairo_scale(cr, 1 / scale, 1 / scale);
    cairo_mask_surface(cr, mask, -cairo_image_surface_get_width(mask) / 2.0,
                       -cairo_image_surface_get_height(mask) / 2.0);
    cairo_restore(cr);
  }
}

std::vector<Sighting> Scene::sightings(int frame) {
  std::vector<Sighting> seen;
  for (const Part& part : parts_) {
    if (!part.defect || !in_sight(part, frame)) continue;
    const Rectangle r = picture_of(part).defect;
    const cairo_matrix_t m = placed(part, frame);
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (int corner = 0; corner < 4; ++corner) {
      double x = r.x + (corner & 1 ? r.width : 0);
      double y = r.y + (corner & 2 ? r.height : 0);
      cairo_matrix_transform_point(&m, &x, &y);
      left = std::min(left, x), right = std::max(right, x);
      top = std::min(top, y), bottom = std::max(bottom, y);
    }
    const double whole = right - left;
    left = std::max(left, 0.0);
    right = std::min(right, static_cast<double>(settings_.width));
    if (right - left >= whole / 2) seen.push_back({&part, {left, top, right - left, bottom - top}});
  }
  return seen;
}

}  // namespace film
