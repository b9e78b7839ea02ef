// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the profile `calibrated` has in a model file.
#pragma once

#include <cstddef>

#include "core/scoring/profiles/calibrated_0_1.h"

namespace mvga {

void write_scales_0_1(const NormalScales01& scales, FieldWriter& file);
/// @param levels how many make the map
/// @param grid of the map
/// @throws Error unreadable
NormalScales01 read_scales_0_1(const Fields& file, std::size_t levels, const GridSize& grid);

}  // namespace mvga
