// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Settings that users write as texts.
#pragma once

#include <string>
#include <vector>

#include "core/base/box.h"

namespace mvga {

/// "x,y,w,h" in fractions of the frame.
/// @throws Error settings
Box parse_roi(const std::string& text);

/// "3,4,5" or "3-7", ascending; empty gives none.
/// @throws Error settings
std::vector<int> parse_levels(const std::string& text);

}  // namespace mvga
