// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Counts what a program takes from the heap. A program that links count_allocations.cpp has another
// malloc in front of the C library's.
#pragma once

#include <cstddef>

namespace mvga::testing {

struct Allocations {
  std::size_t all = 0;
  std::size_t large = 0;  ///< of kLarge bytes and more: a picture, or a good part of one
  std::size_t bytes = 0;
};

inline constexpr std::size_t kLarge = 256 << 10;

/// Of this thread, since it was last called there.
Allocations take_allocations();

}  // namespace mvga::testing
