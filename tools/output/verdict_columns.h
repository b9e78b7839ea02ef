// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a detector says of an image, as columns of CSV.
#pragma once

#include <string>

#include "core/scoring/detection.h"

namespace mvga::tool {

inline constexpr const char* kVerdictColumns =
    "score,threshold,p_value,anomalous,peak,peak_x,peak_y,map_threshold,regions";

/// The cells under them.
std::string verdict_cells(const Detection& detection);

}  // namespace mvga::tool
