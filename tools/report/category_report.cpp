// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/category_report.h"

#include <cmath>

namespace mvga::tool {

std::string why_no_image_auroc(const CategoryResult& result) {
  if (!std::isnan(result.image_auroc)) return "";
  if (result.n_defect == 0) return "there are no defective test pictures";
  return "there are no good test pictures";
}

std::string why_no_pixel_metrics(const CategoryResult& result) {
  if (!std::isnan(result.pixel_auroc)) return "";
  if (result.n_defect == 0) return "there are no defective test pictures";
  if (result.n_without_mask == result.n_defect) return "no defective picture has a mask";
  return "the masks mark no pixel, or all of them";
}

}  // namespace mvga::tool
