// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <string>

#include "core/features/backbone.h"
#include "tools/evaluation/output.h"
#include "tools/options/learning_options.h"
#include "tools/report/page.h"

namespace mvga::tool {

/// What was run on which data, now.
/// @param model the file that was tested; empty where each category was learned
RunFacts run_facts(const std::string& data, const Backbone& backbone,
                   const LearningOptions& options, const std::string& model = {},
                   const Unfinished& unfinished = {});

}  // namespace mvga::tool
