// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the detector says of one image.
#pragma once

#include <algorithm>
#include <vector>

#include "core/scoring/anomaly_map.h"
#include "core/scoring/regions.h"

namespace mvga {

/// The fixed, calibrated scale on which maps are drawn and regions are found. It belongs to the
/// model, never to the single image.
struct MapScale {
  float normal = 0;     ///< upper end of the normal range
  float threshold = 1;  ///< above it a position counts as anomalous

  /// 0 at the end of the normal range, 0.5 at the threshold, not clamped.
  float normalised(float value) const { return 0.5f * (value - normal) / (threshold - normal); }

  /// The same, cut off at 0 and 1.
  double confidence(float value) const {
    return std::clamp(static_cast<double>(normalised(value)), 0.0, 1.0);
  }
};

struct Detection {
  double score = 0;      ///< image score in the unit of the model's profile; larger is worse
  double threshold = 0;  ///< above it the image is anomalous
  double typical = 0;    ///< score of the median normal image
  double p_value = 1;    ///< share of normal images that score at least this much
  bool anomalous = false;
  AnomalyMap map;  ///< over `roi`, on the grid of the finest level that it is made of
  MapScale map_scale;
  std::vector<Region> regions;  ///< boxes in fractions of the whole frame
  Box roi;                      ///< the part of the frame that was looked at

  /// How sure it is that the image is anomalous: 0 up to the typical score, 0.5 at the threshold,
  /// 1 from twice as far on. The bare verdict under a threshold that normal images exceed.
  double confidence() const {
    if (threshold <= typical) return anomalous ? 1 : 0;
    return std::clamp(0.5 * (score - typical) / (threshold - typical), 0.0, 1.0);
  }
};

}  // namespace mvga
