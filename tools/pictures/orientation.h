// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures that are stored on their side or mirrored.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// @param orientation 1 to 8, as TIFF and EXIF number them
Samples upright(Samples stored, int orientation);

}  // namespace mvga::tool
