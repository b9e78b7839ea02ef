// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Settings that users write as texts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/box.h"

namespace mvga {

/// "x,y,w,h" in fractions of the frame.
/// @throws Error settings
Box parse_roi(const std::string& text);

/// The most tiles in a row: 16 x 16 inferences an image.
inline constexpr int kMostTiles = 16;

/// "4": so many tiles in a row and a column; "0" and "1": none, which is 1; "auto", which is
/// nullopt: as many as it takes.
/// @throws Error settings
std::optional<int> parse_tiles(const std::string& text);

/// "3,4,5" or "3-7", ascending; empty gives none.
/// @throws Error settings
std::vector<int> parse_levels(const std::string& text);

}  // namespace mvga
