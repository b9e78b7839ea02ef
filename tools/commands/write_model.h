// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The end of everything that learns a model for the user.
#pragma once

#include <string>

#include "core/learning/learner.h"

namespace mvga::tool {

/// A model must not replace statistics, nor be mistaken for them.
/// @throws CLI::ValidationError if `output` ends in .mvgastats
void check_name_of_model(const std::string& output);

/// Calibrates, writes the model, and says what its threshold promises.
/// @throws Error as Learner::finish and save_model
void write_model(const Learner& learner, const std::string& output, bool quiet);

}  // namespace mvga::tool
