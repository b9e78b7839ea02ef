// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The scales on which the profiles `calibrated` bring levels together.
#pragma once

#include <span>
#include <vector>

#include "core/scoring/anomaly_map.h"
#include "core/scoring/evidence.h"

namespace mvga {

void take_logarithms(std::vector<AnomalyMap>& maps);

/// Mean and deviation of the distances of each level, over all positions of all images.
std::vector<LevelScale> scales_of_distances(std::span<const Evidence> held_out);
/// The same of their logarithms.
std::vector<LevelScale> scales_of_logarithms(std::span<const Evidence> held_out);

}  // namespace mvga
