// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Frames of the film as a data set in MVTec AD's layout.
#pragma once

#include "examples/inspection-line/settings.h"

namespace film {

/// Every fifth frame: of the good stretch into train/good, of the other one into test/good or, when
/// a whole defect is in sight, test/KIND with its mask in ground_truth/KIND. All are PNG.
/// @throws std::runtime_error with one line that says what is wrong
void write_dataset(const Settings& settings);

}  // namespace film
