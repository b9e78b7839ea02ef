// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What list.h would have besides for one more profile.
#pragma once

#include "core/scoring/profiles/list.h"

namespace mvga::test {

inline constexpr auto kThird = static_cast<Profile>(2);

}  // namespace mvga::test
