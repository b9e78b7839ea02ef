// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Good pictures that nobody has divided into those to learn from and those to test with.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/evaluation/category.h"

namespace mvga::tool {

/// Every fifth of `good`, in their order, goes to the test, so that both halves see the whole
/// range, and every run the same halves. Says so in the category's note.
/// @param why there is no other division, the beginning of the note
void divide(const std::vector<std::string>& good, const std::string& why, Category& category);

}  // namespace mvga::tool
