// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The element-wise parts of EfficientNet for fp32 on the CPU. LibTorch's own take a third of the
// network's time there: several passes over the memory for what fits in one.
#pragma once

#include <cstddef>

namespace mvga::cpu {

/// x = silu(x) = x / (1 + exp(-x)), to within 2 units in the last place.
void silu(float* x, std::size_t count);

/// x = silu(x) for x of [positions, channels], and in `sum` [channels] the sum over the positions.
void silu_and_sum(float* x, std::size_t positions, std::size_t channels, float* sum);

/// The two small layers of squeeze-and-excitation:
/// gate = sigmoid(bias2 + weight2^T silu(bias1 + weight1 mean)), both weights of [reduced,
/// channels].
struct GateWeights {
  std::size_t channels = 0;
  std::size_t reduced = 0;
  const float* weight1 = nullptr;
  const float* bias1 = nullptr;
  const float* weight2 = nullptr;
  const float* bias2 = nullptr;
};
void gate(const GateWeights& weights, const float* mean, float* gate);

}  // namespace mvga::cpu
