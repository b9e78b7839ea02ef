// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <string>
#include <vector>

#include "tools/report/category_report.h"

namespace mvga::tool {

/// The id of a category's section on the page; names may not be fit for one.
std::string section_id(std::size_t category);

/// A row a category, the mean, and below it why what is missing is missing.
std::string metrics_table(const std::vector<CategoryReport>& categories);

}  // namespace mvga::tool
