// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// TIFF, by libtiff: the first page, turned as it says.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// @throws Error unreadable, with a text that does not name the file
Samples decode_tiff(Bytes bytes);

}  // namespace mvga::tool
