// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The conveyor with its parts, as the camera has it before it at any time of the film.
#pragma once

#include <map>
#include <vector>

#include "examples/inspection-line/conveyor.h"
#include "examples/inspection-line/part_painter.h"
#include "examples/inspection-line/schedule.h"
#include "examples/inspection-line/settings.h"

namespace film {

/// Where a defect is in the picture, in pixels.
struct Sighting {
  const Part* part = nullptr;
  Rectangle box;
};

class Scene {
 public:
  explicit Scene(const Settings& settings);

  /// Frames in any order; quick when they come in order.
  void draw(cairo_t* cr, int frame);
  /// Paints what draw() shows of defects; everything else stays as it is.
  void draw_defects(cairo_t* cr, int frame);
  /// The defect that is in sight, at least half of it.
  std::vector<Sighting> sightings(int frame);

 private:
  bool in_sight(const Part& part, int frame) const;
  const PartPicture& picture_of(const Part& part);
  cairo_matrix_t placed(const Part& part, int frame) const;
  cairo_matrix_t camera(int frame) const;
  void draw_part(cairo_t* cr, const Part& part, int frame);
  void draw_sheen(cairo_t* cr, const Part& part, int frame) const;
  double seconds(int frame) const { return static_cast<double>(frame) / settings_.fps; }

  Settings settings_;
  Conveyor conveyor_;
  std::vector<Part> parts_;
  mvga::examples::Surface shadow_;
  std::map<int, PartPicture> pictures_;  ///< of the parts in sight, by serial number
};

}  // namespace film
