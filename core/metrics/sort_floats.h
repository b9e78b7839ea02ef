// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#pragma once

#include <vector>

namespace mvga {

/// Sorts in ascending order, in linear time (three passes over 11 bits each), which for the hundred
/// million pixels of a test set is several times faster than comparing. Needs a copy of the values
/// in the meantime. No NaN.
void sort_floats(std::vector<float>& values);

}  // namespace mvga
