// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The blocks that vision transformers are made of.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>

#include "models/torch/stage.h"
#include "models/torch/weights_reader.h"

namespace mvga {

/// x * weight^T + bias along the last dimension.
class Linear {
 public:
  enum class Bias { yes, no };
  /// Takes `key`.weight and `key`.bias.
  Linear(WeightsReader& weights, const std::string& key, std::int64_t in, std::int64_t out,
         Bias bias = Bias::yes);
  /// The same, and multiplies what comes out by the tensor `scale` (a layer scale).
  Linear(WeightsReader& weights, const std::string& key, std::int64_t in, std::int64_t out,
         const std::string& scale);

  /// Multiplies what comes first out, so much of it.
  void scale_first(std::int64_t count, double factor);

  /// @param x [..., in] @returns [..., out] in new memory
  at::Tensor operator()(const at::Tensor& x) const;

 private:
  at::Tensor weight_, bias_;
};

/// To mean 0 and deviation 1 along the last dimension, then scaled and moved.
class LayerNorm {
 public:
  /// Takes `key`.weight and `key`.bias.
  LayerNorm(WeightsReader& weights, const std::string& key, std::int64_t channels, double epsilon);
  at::Tensor operator()(const at::Tensor& x) const;

 private:
  at::Tensor weight_, bias_;
  double epsilon_;
};

/// A linear layer, GELU, and another one that is scaled: `prefix`.fc1 and `prefix`.fc2.
class Perceptron {
 public:
  Perceptron(WeightsReader& weights, const std::string& prefix, std::int64_t channels,
             const std::string& scale);
  at::Tensor operator()(const at::Tensor& x) const;

 private:
  Linear wide_, narrow_;
};

/// What is different from transformer to transformer.
struct TransformerShape {
  std::int64_t channels = 384;
  std::int64_t heads = 6;
  double norm_epsilon = 1e-6;
  Linear::Bias qkv_bias = Linear::Bias::yes;
  /// The names of the layer scales behind attention and perceptron.
  std::string attention_scale = "ls1.gamma";
  std::string perceptron_scale = "ls2.gamma";
  /// Turns queries and keys by the tokens' places, in place; may be empty.
  /// @param qkv [N, tokens, 3, heads, width]
  std::function<void(at::Tensor& qkv, const Tokens& tokens)> rotate = {};
};

/// Attention and a perceptron, each behind a norm and around itself.
class TransformerBlock {
 public:
  TransformerBlock(WeightsReader& weights, const std::string& prefix,
                   const TransformerShape& shape);
  void operator()(State& state) const;

 private:
  at::Tensor attended(const Tokens& tokens) const;

  LayerNorm norm1_, norm2_;
  Linear qkv_, project_;
  Perceptron perceptron_;
  std::int64_t heads_;
  std::function<void(at::Tensor&, const Tokens&)> rotate_;
};

}  // namespace mvga
