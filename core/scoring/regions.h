// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where the anomaly is: connected parts of the map above the pixel threshold.
#pragma once

#include <vector>

#include "core/base/box.h"
#include "core/scoring/anomaly_map.h"

namespace mvga {

/// One connected part of the map that lies above the threshold.
struct Region {
  Box box;          ///< in fractions of the image that the map covers
  double area = 0;  ///< share of that image above the threshold, 0..1
  float peak = 0;   ///< largest value of the map in it
};

/// 8-connected regions with values > threshold and at least min_area (share of the image, as
/// Region::area), strongest first, at most max_regions of them.
/// The map is first refined by bilinear interpolation, so that boxes are finer than its cells.
std::vector<Region> regions_above(const AnomalyMap& map, float threshold, int max_regions,
                                  double min_area = 0);

}  // namespace mvga
