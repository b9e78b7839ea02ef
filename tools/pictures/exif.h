// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The one thing of a picture's EXIF data that changes what people see.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// Takes over how the picture wants to be turned, and remarks on it when it does. What is no EXIF
/// data says nothing.
/// @param exif starts with TIFF's header
void note_orientation(Bytes exif, Samples& samples);

}  // namespace mvga::tool
