// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The scores of all pixels of a test set, defect by defect, as MVTec's evaluation takes them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/metrics/ranked_scores.h"
#include "core/scoring/anomaly_map.h"

namespace mvga {

/// Feed it the anomaly map of every test image, the normal ones too, at the resolution of the
/// image; then rank() gives the metrics. Needs four bytes a pixel, and twice that while ranking.
class PixelScores {
 public:
  /// @param defect [height, width], nonzero where the image shows a defect. Each 8-connected
  ///        region of it is one defect.
  void add(const AnomalyMap& map, std::span<const std::uint8_t> defect);
  /// Of a normal image.
  void add(const AnomalyMap& map);

  std::size_t defects() const { return defects_; }

  /// Every defect weighs the same, and its pixels share that. Leaves nothing behind.
  RankedScores rank();

 private:
  std::vector<float> normal_;
  std::vector<WeightedScore> defective_;  ///< weight: a defect's share for each of its pixels
  std::size_t defects_ = 0;
};

}  // namespace mvga
