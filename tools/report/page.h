// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The report as one HTML page that needs no other file, no network and no JavaScript.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tools/report/category_report.h"

namespace mvga::tool {

/// What was run, as pairs of a name and a value.
using RunFacts = std::vector<std::pair<std::string, std::string>>;

/// @param colours HTML: what the colours of the heat maps mean
std::string page(const RunFacts& facts, const std::vector<CategoryReport>& categories,
                 const std::string& colours);

}  // namespace mvga::tool
