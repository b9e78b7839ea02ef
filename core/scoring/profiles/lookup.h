// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From a profile to its name and its steps, and back from the name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/scoring/profiles/list.h"

namespace mvga {

const ProfileSteps& steps_of(Profile profile);

std::string_view name_of(Profile profile);
/// Of the image scores.
std::string_view unit_of(Profile profile);
/// @throws Error settings
Profile profile_from(std::string_view name);

/// As a model file says it.
std::string_view name_in_models(Profile profile);
/// @throws Error settings
Profile profile_in_models(std::string_view name);

/// In alphabetical order.
std::vector<std::string> profile_names();

}  // namespace mvga
