// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What light and camera do to a scene.
#pragma once

#include "models/distill/pictures/picture.h"
#include "models/distill/pictures/random.h"

namespace mvga::distill {

/// Lamps from the side, shadows, highlights, vignetting, colour casts.
void light(Random& random, Picture& picture);
/// Shades a part whose outline is given as if it were round or had round edges.
void shade_as_solid(Random& random, Picture& picture, const Field& outline);
/// Blur, sharpening, gamma, sensor noise, and 8 bits.
Bytes photograph(Random& random, Picture picture);

}  // namespace mvga::distill
