// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The scores of all pixels of a test set in which a part of a defect is enough to have found it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/metrics/ranked_scores.h"
#include "core/metrics/score_counts.h"
#include "core/scoring/anomaly_map.h"

namespace mvga {

/// One annotated defect. Where something is missing, all places where it may belong are marked, and
/// as much as it would cover is enough.
struct SaturatedDefect {
  std::vector<std::uint8_t> pixels;  ///< [height, width], nonzero where the defect is
  std::size_t saturation = 0;        ///< so many of them are enough; at least one
};

/// The saturated per-region overlap (Bergmann et al. 2022, "Beyond Dents and Scratches", section
/// 5.1): the mean over the defects of min(|found pixels of it| / saturation, 1). Defects of an
/// image may overlap; false positives are pixels that lie in none. rank().pro(limit) is the area
/// under it.
class SaturatedScores {
 public:
  /// @param defects of an image, each as large as the map, with one pixel at least
  void add(const AnomalyMap& map, std::span<const SaturatedDefect> defects);
  /// Of a normal image.
  void add(const AnomalyMap& map) { normal_.add(map.values); }

  std::size_t defects() const { return defects_; }

  /// Leaves nothing behind. Only its pro() and pro_curve() mean anything.
  RankedScores rank();

 private:
  ScoreCounts normal_{Weighted::no};
  ScoreCounts defective_{Weighted::yes};
  std::size_t defects_ = 0;
};

}  // namespace mvga
