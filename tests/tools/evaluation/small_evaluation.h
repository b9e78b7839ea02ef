// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What it takes to evaluate a small data set inside the test.
#pragma once

#include <memory>

#include "core/features/backbone.h"
#include "tools/evaluation/evaluate.h"

namespace mvga::testing {

/// Opened once.
std::shared_ptr<const Backbone> small_backbone();

tool::EvaluationSettings quiet_settings();

}  // namespace mvga::testing
