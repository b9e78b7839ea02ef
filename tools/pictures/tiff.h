// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// TIFF, by libtiff: the first page, turned as it says.
#pragma once

#include "tools/pictures/regular_file.h"
#include "tools/pictures/samples.h"

namespace mvga::tool {

/// @throws Error unreadable, with a text that does not name the file
Samples decode_tiff(Bytes bytes);

/// The same, of which only what belongs to the first page is read.
/// @throws Error unreadable
Samples decode_tiff(const RegularFile& file);

/// Of a sample of the first page, as its header has it.
/// @throws Error unreadable
int bits_of_tiff(const RegularFile& file);

}  // namespace mvga::tool
