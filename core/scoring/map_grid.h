// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which levels make the anomaly map, and how large it is, before there is one.
#pragma once

#include <vector>

#include "core/scoring/anomaly_map.h"
#include "core/scoring/model.h"

namespace mvga {

/// Which of the backbone's levels localise best: indexes into BackboneInfo::levels, at least one.
std::vector<int> localising_levels(const BackboneInfo& backbone);

/// That of Detection::map.
GridSize map_grid(const Model& model);
/// That of a model which will be learned with this backbone and profile.
GridSize map_grid(const BackboneInfo& backbone, Profile profile);

}  // namespace mvga
