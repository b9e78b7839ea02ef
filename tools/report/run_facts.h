// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <string>

#include "core/features/backbone.h"
#include "tools/options/learning_options.h"
#include "tools/report/page.h"

namespace mvga::tool {

/// What was run on which data, now.
RunFacts run_facts(const std::string& data, const Backbone& backbone,
                   const LearningOptions& options);

}  // namespace mvga::tool
