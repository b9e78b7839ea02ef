// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What of an architecture is used: the settings' choice where they make one, else its own.
#pragma once

#include <vector>

#include "core/features/backbone.h"
#include "models/torch/architecture.h"

namespace mvga {

/// @throws Error settings: a level that there is not, or not in ascending order
std::vector<int> chosen_levels(const BackboneSettings& settings, const Architecture& architecture);

/// Those of the levels in use that localise best; all when none of them is known to.
std::vector<int> chosen_map_levels(const std::vector<int>& levels,
                                   const Architecture& architecture);

/// @throws Error settings: too small, too large, or no multiple of what the network works in; the
///         text names sizes that would do
int chosen_input_size(const BackboneSettings& settings, const Architecture& architecture);

}  // namespace mvga
