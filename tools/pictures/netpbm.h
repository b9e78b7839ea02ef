// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// PBM, PGM and PPM, in text and in bytes, as cameras' programs write them: the one format of a few
// lines, which has no library of its own. It says which number is white.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// P1 to P6, and then a space of any sort.
bool is_netpbm(Bytes start);

/// Numbers in the full range of 8 bits, or of 16 if white is above 255.
/// @throws Error unreadable, with a text that does not name the file
Samples decode_netpbm(Bytes netpbm);

}  // namespace mvga::tool
