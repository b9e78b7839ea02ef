// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The program mvga as a user calls it (MVGA_TOOL is its path).
#pragma once

#include <string>

#include "tests/gst/harness/run_command.h"

namespace mvga::testing {

Outcome mvga(const std::string& arguments);

/// Options that make the program learn with the small backbone, between spaces.
std::string small_options();

}  // namespace mvga::testing
