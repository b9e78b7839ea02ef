// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Regions as the tool's JSON has them.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/scoring/regions.h"

namespace mvga::tool {

/// In their order, boxes and areas in fractions of the frame.
nlohmann::ordered_json regions_json(const std::vector<Region>& regions);

}  // namespace mvga::tool
