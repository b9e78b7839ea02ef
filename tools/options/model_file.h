// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The model that a command is to use.
#pragma once

#include <string>

#include "core/scoring/model.h"

namespace mvga::tool {

/// As load_model(), and says on stderr what whoever uses this one is to know.
Model load_model_to_use(const std::string& path);

}  // namespace mvga::tool
