// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The results of an evaluation as files.
#pragma once

#include <string>
#include <vector>

#include "core/features/backbone.h"
#include "tools/evaluation/result.h"
#include "tools/evaluation/result_text.h"
#include "tools/evaluation/table.h"
#include "tools/options/learning_options.h"

namespace mvga::tool {

/// For programs: an object for each category and `mean`, beside how it was made, and what is
/// missing. Missing metrics are null.
std::string json(const std::vector<CategoryResult>& results, const Backbone& backbone,
                 const LearningOptions& options, const Unfinished& unfinished = {});

/// A line for the names, one a category, one for the mean. Missing metrics are empty.
std::string csv(const std::vector<CategoryResult>& results);

}  // namespace mvga::tool
