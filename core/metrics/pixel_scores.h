// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The scores of all pixels of a test set, defect by defect, as MVTec's evaluation takes them.
#pragma once

#include <cstdint>
#include <span>

#include "core/metrics/ranked_scores.h"
#include "core/metrics/score_counts.h"
#include "core/scoring/anomaly_map.h"

namespace mvga {

/// Feed it the anomaly map of every test image, the normal ones too, at the resolution of the
/// image; then rank() gives the metrics. Needs at most half a gigabyte, however many pixels there
/// are.
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
  ScoreCounts normal_{Weighted::no};
  ScoreCounts defective_{Weighted::yes};  ///< weight: a pixel's share of its defect
  std::size_t defects_ = 0;
};

}  // namespace mvga
