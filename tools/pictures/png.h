// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// PNG, by libpng. Gamma and colour profiles are left alone.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// @throws Error unreadable, with a text that does not name the file
Samples decode_png(Bytes png);

}  // namespace mvga::tool
