// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What an evaluation says of a category.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "core/metrics/metric_values.h"
#include "tools/evaluation/at_threshold.h"

namespace mvga::tool {

struct CategoryResult {
  std::string name;
  /// Those of pixels are taken at the pictures' own resolution, of raw scores, over the pictures
  /// with a mask and the good ones.
  MetricValues metrics;
  double threshold = std::numeric_limits<double>::quiet_NaN();  ///< of the image score
  double f1 = std::numeric_limits<double>::quiet_NaN();  ///< of the verdicts under it, in percent
  AtThreshold verdicts;                                  ///< under it
  std::size_t n_train = 0;
  std::size_t n_good = 0;
  std::size_t n_defect = 0;
  std::size_t n_without_mask = 0;  ///< defective pictures that only the image metrics see
  std::size_t n_unreadable = 0;    ///< pictures that were passed over
  double seconds_fit = 0;
  double seconds_per_image = 0;  ///< scaling, backbone and scoring
  // Of the test pictures, the median of each stage: what else the machine does hardly moves it.
  double median_seconds_scaling = 0;
  double median_seconds_backbone = 0;
  double median_seconds_scoring = 0;  ///< with fusing the map
};

/// The mean of every metric over the categories that have it, of their F1 and of the times; the
/// sums of what is counted. It has no threshold.
CategoryResult mean_of(const std::vector<CategoryResult>& results);

}  // namespace mvga::tool
