// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/result.h"

#include <array>
#include <cmath>
#include <limits>

namespace mvga::tool {
namespace {

/// The numbers of a result that have a mean.
constexpr std::array kMetrics{&CategoryResult::image_auroc,
                              &CategoryResult::image_f1_max,
                              &CategoryResult::image_ap,
                              &CategoryResult::pixel_auroc,
                              &CategoryResult::au_pro,
                              &CategoryResult::au_pro_05,
                              &CategoryResult::pixel_ap,
                              &CategoryResult::seconds_fit,
                              &CategoryResult::seconds_per_image,
                              &CategoryResult::median_seconds_scaling,
                              &CategoryResult::median_seconds_backbone,
                              &CategoryResult::median_seconds_scoring};
constexpr std::array kCounts{&CategoryResult::n_train, &CategoryResult::n_good,
                             &CategoryResult::n_defect, &CategoryResult::n_without_mask,
                             &CategoryResult::n_unreadable};

}  // namespace

CategoryResult mean_of(const std::vector<CategoryResult>& results) {
  CategoryResult mean;
  mean.name = "mean";
  for (const auto metric : kMetrics) {
    double sum = 0;
    double count = 0;
    for (const CategoryResult& r : results) {
      if (std::isnan(r.*metric)) continue;
      sum += r.*metric;
      ++count;
    }
    mean.*metric = count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
  }
  for (const auto counted : kCounts)
    for (const CategoryResult& r : results) mean.*counted += r.*counted;
  return mean;
}

}  // namespace mvga::tool
