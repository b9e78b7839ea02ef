// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The charts of a category, as HTML.
#pragma once

#include <string>

#include "tools/report/category_report.h"

namespace mvga::tool {

/// How far the PRO curve is drawn: a little past the limit to which it is measured.
inline constexpr double kProChartEnd = 0.35;

/// Of the images and of the pixels, and where the threshold lies on it.
std::string roc_chart(const CategoryReport& category);

/// With the limits up to which it is measured.
std::string pro_chart(const CategoryReport& category);

/// Of the image scores, with the threshold.
std::string score_histogram(const CategoryReport& category);

}  // namespace mvga::tool
