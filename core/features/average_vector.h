// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a level holds of the image as a whole.
#pragma once

#include <vector>

#include "core/features/feature_map.h"

namespace mvga {

/// The level averaged over its positions, [channels].
/// FeatureMap::average, or the mean over all positions.
std::vector<float> average_vector(const FeatureMap& features);

}  // namespace mvga
