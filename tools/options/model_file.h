// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The model that a command is to use.
#pragma once

#include <optional>
#include <string>

#include "core/scoring/model.h"

namespace mvga::tool {

/// As load_model(), and says on stderr what whoever uses this one is to know.
/// @param threshold that is set instead of the model's
Model load_model_to_use(const std::string& path, const std::optional<double>& threshold = {});

}  // namespace mvga::tool
