// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the profile `calibrated` keeps in a model file.
#pragma once

#include <cstddef>

#include "core/io/field_writer.h"
#include "core/io/fields.h"
#include "core/scoring/profiles/calibrated.h"

namespace mvga {

void write_scales(const NormalScales& scales, FieldWriter& file);
/// @param levels how many make the map
/// @param grid of the map
/// @throws Error unreadable
NormalScales read_scales(const Fields& file, std::size_t levels, const GridSize& grid);

}  // namespace mvga
