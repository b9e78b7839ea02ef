// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Numbers as an option takes them.
#pragma once

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdlib>
#include <string>

namespace mvga::tool {

/// Refuses inf and nan.
inline CLI::Validator finite() {
  return {[](const std::string& text) {
            return std::isfinite(std::strtod(text.c_str(), nullptr)) ? std::string()
                                                                     : text + " is no number";
          },
          "NUMBER", "finite"};
}

}  // namespace mvga::tool
