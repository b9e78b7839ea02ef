// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Anomaly maps as TIFF, the format in which MVTec's evaluation reads them.
#pragma once

#include <cstddef>
#include <vector>

#include "core/scoring/anomaly_map.h"

namespace mvga::tool {

/// A TIFF file of one channel of 32-bit floats, the map's values as they are, uncompressed: every
/// program that reads floats reads this.
/// @throws Error no_space
std::vector<std::byte> to_tiff(const AnomalyMap& map);

/// The same of 16-bit floats: rounded to the nearest, and what is beyond them to the largest.
/// @throws Error no_space
std::vector<std::byte> to_half_tiff(const AnomalyMap& map);

}  // namespace mvga::tool
