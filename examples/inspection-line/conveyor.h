// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The belt, which moves, and the rails beside it, which do not.
#pragma once

#include "examples/common/handles.h"
#include "examples/inspection-line/settings.h"

namespace film {

class Conveyor {
 public:
  explicit Conveyor(const Settings& settings);

  /// In scene units; draws a little beyond the picture, for the shaking camera.
  void draw_belt(cairo_t* cr, double seconds) const;
  void draw_rails(cairo_t* cr) const;

 private:
  double scale_;
  double width_;
  mvga::examples::Surface belt_;
  mvga::examples::Surface metal_;
};

}  // namespace film
