// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a step takes.
#pragma once

#include <chrono>

namespace mvga {

/// Runs from its construction on.
class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace mvga
