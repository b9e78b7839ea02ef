// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/missing_metrics.h"

#include <cmath>

namespace mvga::tool {
namespace {

std::string of(std::size_t some, std::size_t all) {
  return std::to_string(some).append(" of ").append(std::to_string(all));
}

}  // namespace

std::vector<std::string> missing_metrics(const CategoryResult& result) {
  std::vector<std::string> reasons;
  if (result.n_defect == 0) {
    reasons.emplace_back(
        "no defective pictures in the test: neither image nor pixel metrics are given");
    return reasons;
  }
  if (result.n_good == 0)
    reasons.emplace_back(
        "no good pictures in the test: image AUROC is not given, and F1 max and image AP are 100 "
        "whatever the scores");
  if (result.n_without_mask == result.n_defect)
    reasons.emplace_back("no masks: pixel AUROC, PRO and pixel AP are not given");
  else if (std::isnan(result.pixel_ap))
    reasons.emplace_back("all masks are black: pixel AUROC, PRO and pixel AP are not given");
  else if (result.n_without_mask > 0)
    reasons.push_back(of(result.n_without_mask, result.n_defect) +
                      " defective pictures have no mask that fits: pixel metrics leave them out");
  return reasons;
}

}  // namespace mvga::tool
