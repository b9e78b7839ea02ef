// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is checked of parts that are to be merged, as a whole.
#pragma once

#include <vector>

#include "core/files/statistics_file.h"

namespace mvga::tool {

using Parts = std::vector<StatisticsInfo>;

/// Brings the shards of a set into their order, where the first of them stands.
void order_shards(Parts& parts);

/// Warns of shards that are missing.
/// @throws Error settings if two shards of a set have pictures in common
void check_shards(const Parts& parts);

/// The same part under two names is learned twice; what is promised counts its pictures once.
void warn_of_twins(const Parts& parts);

}  // namespace mvga::tool
