// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The program mvga as a user calls it (MVGA_TOOL is its path).
#pragma once

#include <string>

namespace mvga::testing {

struct Outcome {
  int code = -1;
  std::string printed;  ///< on both streams
};

Outcome mvga(const std::string& arguments);

/// Options that make the program learn with the small backbone, between spaces.
std::string small_options();

}  // namespace mvga::testing
