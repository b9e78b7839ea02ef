// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <string_view>
#include <vector>

#include "core/metrics/catalogue.h"

namespace mvga {

/// What the metrics of the table come to, in percent; NaN where a test set lacks what one needs,
/// and before it is measured.
class MetricValues {
 public:
  MetricValues();

  /// Computes the metrics of the images, or those of the pixels.
  void measure(Ranked ranked, const RankedScores& scores);

  /// @throws std::out_of_range as metric()
  double operator[](std::string_view key) const;
  double& operator[](std::string_view key);

 private:
  std::vector<double> values_;  ///< in the order of metrics()
};

}  // namespace mvga
