// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The results of an evaluation as text.
#pragma once

#include <string>
#include <vector>

#include "tools/evaluation/evaluate.h"
#include "tools/options/learning_options.h"

namespace mvga::tool {

/// For people: a row a category, then the mean. Missing metrics are a dash.
std::string table(const std::vector<CategoryResult>& results);

/// For programs: an object for each category and `mean`, beside how it was made. Missing metrics
/// are null.
std::string json(const std::vector<CategoryResult>& results, const Backbone& backbone,
                 const LearningOptions& options);

/// A line for the names, one a category, one for the mean. Missing metrics are empty.
std::string csv(const std::vector<CategoryResult>& results);

}  // namespace mvga::tool
