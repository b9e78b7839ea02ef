// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What can be wrong with a part.
#pragma once

#include <cairo.h>

#include "examples/inspection-line/dice.h"
#include "examples/inspection-line/part_painter.h"

namespace film {

/// Paints the defect on top of a good part and says where it is.
Rectangle paint_defect(cairo_t* cr, DefectKind kind, Dice& dice);

}  // namespace film
