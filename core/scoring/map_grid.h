// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which levels make the anomaly map, and how large it is, before there is one.
#pragma once

#include <vector>

#include "core/scoring/model.h"

namespace mvga {

struct GridSize {
  int width = 0;
  int height = 0;
  bool operator==(const GridSize&) const = default;
};

/// Which of the backbone's levels make the map of Profile::calibrated: indexes into
/// BackboneInfo::levels.
std::vector<int> map_level_positions(const BackboneInfo& backbone);

/// That of Detection::map.
GridSize map_grid(const Model& model);
/// That of a model which will be learned with this backbone and Profile::calibrated.
GridSize map_grid(const BackboneInfo& backbone);

}  // namespace mvga
