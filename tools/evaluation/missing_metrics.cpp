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

std::string why_no_image_auroc(const CategoryResult& result) {
  if (result.n_defect == 0) return "no defective pictures in the test";
  return result.n_good == 0 ? "no good pictures in the test" : "";
}

std::string why_no_pixel_metrics(const CategoryResult& result) {
  if (result.n_defect == 0) return "no defective pictures in the test";
  if (result.n_without_mask == result.n_defect) return "no masks";
  if (std::isnan(result.pixel_ap)) return "all masks are black";
  return std::isnan(result.pixel_auroc) ? "the masks mark every pixel" : "";
}

std::vector<std::string> missing_metrics(const CategoryResult& result) {
  if (result.n_defect == 0)
    return {why_no_image_auroc(result) + ": neither image nor pixel metrics are given"};
  std::vector<std::string> reasons;
  if (const std::string why = why_no_image_auroc(result); !why.empty())
    reasons.push_back(why +
                      ": image AUROC is not given, and F1 max and image AP are 100 whatever the "
                      "scores");
  if (const std::string why = why_no_pixel_metrics(result); !why.empty())
    reasons.push_back(why + ": pixel AUROC, PRO and pixel AP are not given");
  else if (result.n_without_mask > 0)
    reasons.push_back(of(result.n_without_mask, result.n_defect) +
                      " defective pictures have no mask that fits: pixel metrics leave them out");
  return reasons;
}

}  // namespace mvga::tool
