// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a report says of one category.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/metrics/ranked_scores.h"
#include "core/scoring/calibration.h"
#include "tools/evaluation/result.h"

namespace mvga::tool {

/// The test pictures of one kind.
struct KindReport {
  std::string name;
  bool good = false;
  std::size_t pictures = 0;
  std::size_t anomalous = 0;  ///< of them, above the threshold
  std::string examples;       ///< HTML
};

struct CategoryReport {
  CategoryResult result;
  Profile profile = Profile::calibrated;
  double threshold = std::numeric_limits<double>::quiet_NaN();  ///< of the image score
  std::vector<double> good;                                     ///< image scores
  std::vector<double> defective;
  std::vector<double> held_out;
  std::vector<CurvePoint> image_roc;  ///< empty where there is none, as the next ones
  std::vector<CurvePoint> pixel_roc;
  std::vector<CurvePoint> pro;
  std::vector<KindReport> kinds;
};

}  // namespace mvga::tool
