// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Watching a source until it ends, and what has to be done meanwhile.
#pragma once

#include <optional>

#include "tools/record/settings.h"

namespace mvga::tool {

/// Records until the source ends or a signal comes. Everything that was begun is finished then.
/// @return the signal
/// @throws Error, also when something is missing in what was recorded
std::optional<int> record(const RecordSettings& settings);

}  // namespace mvga::tool
