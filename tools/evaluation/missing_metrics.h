// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which metrics a test set cannot give, and why.
#pragma once

#include <string>
#include <vector>

#include "tools/evaluation/result.h"

namespace mvga::tool {

/// Why there is no image AUROC or no pixel metric, in a few words; empty if there is one.
std::string why_no_image_auroc(const CategoryResult& result);
std::string why_no_pixel_metrics(const CategoryResult& result);

/// A sentence for each reason, such as "no masks: pixel AUROC, PRO and pixel AP are not given";
/// none where nothing is missing.
std::vector<std::string> missing_metrics(const CategoryResult& result);

}  // namespace mvga::tool
