// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The anomaly map: distances per position, brought to one size and fused over the levels
// (paper, section 3.4).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace mvga {

/// A grid of numbers over the image, row by row; larger is more anomalous.
struct AnomalyMap {
  int height = 0;
  int width = 0;
  std::vector<float> values;  ///< [height, width]

  float at(int y, int x) const { return values[static_cast<std::size_t>(y) * width + x]; }
};

struct GridSize {
  int width = 0;
  int height = 0;
  bool operator==(const GridSize&) const = default;
};

/// Bilinear interpolation with half-pixel centres and clamped borders, as
/// torch.nn.functional.interpolate(mode="bilinear", align_corners=False).
AnomalyMap resize_bilinear(const AnomalyMap& map, int height, int width);

/// How one level's distances are brought to a common scale before averaging:
/// (value - offset) / scale. The paper's profile leaves them as they are.
struct LevelScale {
  float offset = 0;
  float scale = 1;
};

/// Unweighted mean over the levels, each scaled, then resized to height x width.
/// `scales` has one entry a map.
AnomalyMap fuse(std::span<const AnomalyMap> maps, std::span<const LevelScale> scales, int height,
                int width);

/// The same on the grid of the largest map.
AnomalyMap fuse_on_finest(std::span<const AnomalyMap> maps, std::span<const LevelScale> scales);

/// How far the map reaches above its own median: the root of the mean, over all positions, of
/// max(value - median, 0)^2.
double upper_spread(const AnomalyMap& map);

/// Mean of this share of the values, the largest, of one at least.
double mean_of_top(const AnomalyMap& map, double share);

float maximum(const AnomalyMap& map);

}  // namespace mvga
