// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Random weights, for measuring speed where there are no others.
//
// usage: write-weights ARCHITECTURE TOP_LEVEL OUT.safetensors

#include <cstdio>
#include <cstdlib>
#include <exception>

#include "tests/models/torch/random_weights.h"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: %s ARCHITECTURE TOP_LEVEL OUT.safetensors\n", argv[0]);
    return 2;
  }
  try {
    mvga::testing::random_weights(argv[1], std::atoi(argv[2])).write(argv[3]);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
  }
}
