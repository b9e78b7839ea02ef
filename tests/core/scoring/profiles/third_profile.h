// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A profile that is not in the library: it counts in normal images.
#pragma once

#include "core/scoring/profiles/profile.h"

namespace mvga::test {

const ProfileSteps& third_steps();

}  // namespace mvga::test
