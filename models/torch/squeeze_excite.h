// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What EfficientNet does with its channels, for images and batches, channels last.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

#include "models/torch/weights_reader.h"

namespace mvga {

/// Squeeze-and-excitation: how much each channel counts, from all channels' means.
class SqueezeExcite {
 public:
  /// Takes `prefix`.conv_reduce and `prefix`.conv_expand.
  SqueezeExcite(WeightsReader& weights, const std::string& prefix, std::int64_t channels,
                std::int64_t reduced);

  /// x = silu(x), and the channels' factors [N, channels, 1, 1] for it. In one, because on the CPU
  /// both are one pass over the memory.
  at::Tensor silu_and_gate(at::Tensor& x) const;

 private:
  /// For one image [positions, channels] on the CPU.
  void silu_and_gate(float* x, std::int64_t positions, std::int64_t channels, float* gate) const;

  at::Tensor reduce_weight_, reduce_bias_;  ///< [reduced, channels], [reduced]
  at::Tensor expand_weight_, expand_bias_;  ///< [reduced, channels] (transposed), [channels]
};

/// x = silu(x)
void silu_in_place(at::Tensor& x);

}  // namespace mvga
