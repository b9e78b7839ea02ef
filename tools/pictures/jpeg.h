// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// JPEG, by libjpeg(-turbo) with its own settings for what is accurate: the pixels are Pillow's.
// Of a file with several pictures (MPO, gain maps) it is the first.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// @throws Error unreadable, with a text that does not name the file
Samples decode_jpeg(Bytes jpeg);

}  // namespace mvga::tool
