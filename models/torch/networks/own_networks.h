// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The shapes of the project's own networks: one table for the engine that runs them
// (own_networks.cpp) and the program that trains them (models/distill).
#pragma once

#include <array>

namespace mvga {

/// A 3x3 convolution that may halve the map, residual blocks of two 3x3 convolutions, and a linear
/// 1x1 convolution, whose output is a level and the next stage's input.
struct OwnStage {
  int stride;
  int width;  ///< channels inside
  int blocks;
  int channels;  ///< of the level
};

/// A stem of one 3x3 convolution with stride 2, and stages. Every convolution but those that make
/// the levels has a ReLU behind it, in a block behind the sum.
struct OwnNetwork {
  const char* name;
  int input_size;                  ///< default
  int stem;                        ///< channels
  std::array<OwnStage, 3> stages;  ///< strides 4, 8, 16
};

inline constexpr std::array<OwnNetwork, 1> own_networks{{
    {"mvga_small", 256, 16, {{{2, 32, 2, 32}, {2, 64, 2, 64}, {2, 128, 2, 128}}}},
}};

}  // namespace mvga
