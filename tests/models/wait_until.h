// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Waiting for what another thread is about to do.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace mvga::testing {

/// @return whether it came true within a minute
inline bool wait_until(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace mvga::testing
