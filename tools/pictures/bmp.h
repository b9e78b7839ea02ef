// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// BMP, by gdk-pixbuf, which reads all its kinds, but takes what is missing for black.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// By the first bytes, up to the kind of header.
bool is_bmp(Bytes start);

/// @throws Error unreadable, with a text that does not name the file
Samples decode_bmp(Bytes bmp);

}  // namespace mvga::tool
