// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A program as a user calls it.
#pragma once

#include <string>

namespace mvga::testing {

struct Outcome {
  int code = -1;
  std::string printed;  ///< on both streams
};

/// @param command as for the shell
Outcome run_command(const std::string& command);

/// The value of a variable that the build sets for the tests; throws if it is not set.
std::string setting(const char* variable);

}  // namespace mvga::testing
