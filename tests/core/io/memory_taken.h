// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How much memory a program asks for. Unlike what the system gives it, this is the same with
// sanitizers, which keep a good deal beside each block.
#pragma once

#include <cstddef>

namespace mvga::test {

/// By operator new, since this was made; one at a time.
class MemoryTaken {
 public:
  MemoryTaken();
  /// The most bytes at once, beyond those before.
  std::size_t most() const;

 private:
  std::size_t before_;
};

}  // namespace mvga::test
