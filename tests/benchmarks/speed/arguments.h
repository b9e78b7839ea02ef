// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The command line of programs that measure several networks.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <string>
#include <vector>

namespace mvga::benchmarks {

/// Calls `measure` with ROUNDS and each ARCHITECTURE... @return what main() does
inline int run_with_architectures(
    int argc, char** argv,
    const std::function<void(int rounds, const std::vector<std::string>& architectures)>& measure) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s ROUNDS ARCHITECTURE...\n", argv[0]);
    return 2;
  }
  try {
    measure(std::atoi(argv[1]), {argv + 2, argv + argc});
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
  return 0;
}

}  // namespace mvga::benchmarks
