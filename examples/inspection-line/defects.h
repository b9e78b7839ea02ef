// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What can be wrong with a part.
#pragma once

#include <cairo.h>

#include "examples/inspection-line/dice.h"
#include "examples/inspection-line/part_details.h"
#include "examples/inspection-line/part_painter.h"

namespace film {

Rectangle around(Point middle, double radius);

/// Paints what comes on top of a part (everything but what is missing) and says where.
Rectangle paint_defect(cairo_t* cr, DefectKind kind, Dice& dice);

}  // namespace film
