// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a recording lacks.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "tools/output/progress.h"

namespace mvga::tool {

/// Each is said at once, and the program's exit code says that there were some. Any thread may call
/// anything.
class Losses {
 public:
  /// @param what a line
  void add(const std::string& what) {
    ++count_;
    say("warning: " + what);
  }
  bool any() const { return count_ > 0; }

 private:
  std::atomic<std::uint64_t> count_ = 0;
};

}  // namespace mvga::tool
