// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// WebP, by libwebp.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// @throws Error unreadable, with a text that does not name the file
Samples decode_webp(Bytes webp);

}  // namespace mvga::tool
