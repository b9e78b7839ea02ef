// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which metrics a test set cannot give, and why.
#pragma once

#include <string>
#include <vector>

#include "core/metrics/catalogue.h"
#include "tools/evaluation/result.h"

namespace mvga::tool {

/// Why not every metric of the images, or of the pixels, says something, in a few words; empty if
/// they all do.
std::string why_incomplete(const CategoryResult& result, Ranked ranked);

/// A sentence for each reason, such as "no masks: pixel AUROC, PRO and pixel AP are not given";
/// none where nothing is missing.
std::vector<std::string> missing_metrics(const CategoryResult& result);

}  // namespace mvga::tool
