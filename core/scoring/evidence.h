// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How far one image lies from the Gaussians, before anything is fused.
#pragma once

#include <span>
#include <vector>

#include "core/features/feature_map.h"
#include "core/gaussian/mahalanobis.h"
#include "core/gaussian/place_means.h"
#include "core/scoring/anomaly_map.h"

namespace mvga {

/// The Gaussians of one level, ready for scoring. The image Gaussian describes the average vector
/// of an image, the pixel Gaussian the vectors of single positions; they are far from the same.
struct LevelGaussians {
  MahalanobisDistance image;
  MahalanobisDistance pixel;
  PlaceMeans places = {};  ///< empty: the pixel Gaussian's mean is that of every place
};

struct Evidence {
  std::vector<double> image_distances;  ///< squared distance of the average vector, a level each
  std::vector<AnomalyMap> maps;         ///< distance of each position, a level each
};

/// Copies of the maps of these levels, in their order.
std::vector<AnomalyMap> maps_of(const Evidence& evidence, std::span<const int> levels);

/// Over the levels (paper, eq. 4).
double sum_of_image_distances(const Evidence& evidence);

/// Levels and Gaussians in the same order.
Evidence gather_evidence(const Levels& levels, std::span<const LevelGaussians> gaussians);

}  // namespace mvga
