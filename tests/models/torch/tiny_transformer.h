// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A vision transformer for tests, as small as one can be that has all that a convolutional network
// has not: patches, a class token and registers beside the grid, positions that every block's
// attention asks for, and a norm that the features go through and the next block does not see.
#pragma once

#include <ATen/core/Tensor.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "models/torch/architecture.h"

namespace mvga::testing::tiny {

inline constexpr std::int64_t patch = 8;
inline constexpr std::int64_t channels = 16;
inline constexpr std::int64_t registers = 2;
inline constexpr Normalisation normalisation{{0.5f, 0.4f, 0.3f}, {0.5f, 0.25f, 0.2f}};

/// A tensor of the weights by its key and shape.
using Take = std::function<at::Tensor(const std::string&, const std::vector<std::int64_t>&)>;

/// [positions, channels], all different.
at::Tensor positions_of_grid(std::int64_t height, std::int64_t width);

/// x scaled to the same mean and deviation everywhere, then by `scale`.
at::Tensor norm(const at::Tensor& x, const at::Tensor& scale);

/// Attention and a perceptron.
class Block {
 public:
  Block(const Take& take, const std::string& prefix);

  /// @param tokens [N, tokens, channels]
  /// @param positions [tokens, channels]
  at::Tensor operator()(const at::Tensor& tokens, const at::Tensor& positions) const;

 private:
  at::Tensor norm_, query_, key_, value_, out_, wide_, narrow_;
};

/// Stage 0 makes the tokens, stages 1 and 2 are the blocks; levels 0 and 1 are the blocks' features
/// and level 2 is the mean of both.
Architecture architecture();

}  // namespace mvga::testing::tiny
