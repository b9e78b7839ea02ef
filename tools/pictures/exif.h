// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The one thing of a picture's EXIF data that changes what people see.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// Whether the orientation is another than the usual one. What is no EXIF data says no.
/// @param exif starts with TIFF's header
bool exif_is_turned(Bytes exif);

Remark turned_by_exif();

}  // namespace mvga::tool
