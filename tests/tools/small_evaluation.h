// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What it takes to evaluate a small data set inside the test.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "models/backbone.h"
#include "tools/evaluation/evaluate.h"

namespace mvga::testing {

/// Opened once.
std::shared_ptr<const Backbone> small_backbone();

tool::EvaluationSettings quiet_settings();

/// The text of the Error that `action` throws, "no error" if it does not.
std::string failure_of(const std::function<void()>& action);

}  // namespace mvga::testing
