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

inline constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

/// Area under the saturated per-region overlap (core/metrics/saturated_scores.h) up to these
/// false-positive rates, in percent.
struct SaturatedPro {
  double to_01 = kNotMeasured;
  double to_05 = kNotMeasured;
  double to_10 = kNotMeasured;
  double to_30 = kNotMeasured;
  double whole = kNotMeasured;
};

struct CategoryResult {
  std::string name;
  /// Those of pixels are taken at the pictures' own resolution, of raw scores, over the pictures
  /// with a mask and the good ones.
  MetricValues metrics;
  SaturatedPro saturated_pro;
  double seg_f1 = kNotMeasured;         ///< of all pixels, in percent
  double seg_threshold = kNotMeasured;  ///< above it a pixel counts as defective
  /// Kinds of defects that were measured one by one, named after them; the metrics above are the
  /// means of theirs then.
  std::vector<CategoryResult> parts;
  /// Of the image score; NaN where the model promises nothing and nobody named one.
  double threshold = kNotMeasured;
  double f1 = kNotMeasured;  ///< of the verdicts under it, in percent
  AtThreshold verdicts;      ///< under it
  bool judged = true;        ///< there are verdicts
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
/// sums of what is counted. It has no threshold. Of parts it has the means of those of a name.
CategoryResult mean_of(const std::vector<CategoryResult>& results);

/// Gives a result the means of its parts' metrics.
void average_parts(CategoryResult& result);

/// The standard deviation of every metric and of F1 over runs of the same (with one less than there
/// are in the denominator); NaN where fewer than two have it. Nothing else is in it.
CategoryResult deviation_of(const std::vector<CategoryResult>& runs);

}  // namespace mvga::tool
