// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which metrics a test set cannot give, and why.
#pragma once

#include <string>
#include <vector>

#include "tools/evaluation/evaluate.h"

namespace mvga::tool {

/// A sentence for each reason, such as "no masks: pixel AUROC, PRO and pixel AP are not given";
/// none where nothing is missing.
std::vector<std::string> missing_metrics(const CategoryResult& result);

}  // namespace mvga::tool
