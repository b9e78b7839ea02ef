// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/transformer.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>

#include <cmath>
#include <vector>

#include "models/torch/attention.h"
#include "models/torch/matrix_product.h"

namespace mvga {
namespace {

constexpr std::int64_t perceptron_width = 4;  ///< times the channels

}  // namespace

Linear::Linear(WeightsReader& weights, const std::string& key, std::int64_t in, std::int64_t out,
               Bias bias) {
  const at::Tensor weight = weights.take(key + ".weight", {out, in});
  if (weight.defined()) weight_ = weights.placed(weight);
  if (bias == Bias::no) return;
  const at::Tensor offset = weights.take(key + ".bias", {out});
  if (offset.defined()) bias_ = weights.placed(offset);
}

Linear::Linear(WeightsReader& weights, const std::string& key, std::int64_t in, std::int64_t out,
               const std::string& scale) {
  const at::Tensor weight = weights.take(key + ".weight", {out, in});
  const at::Tensor offset = weights.take(key + ".bias", {out});
  const at::Tensor factors = weights.take(scale, {out});
  if (!weight.defined() || !offset.defined() || !factors.defined()) return;
  const at::Tensor exact = factors.to(at::kDouble);
  weight_ = weights.placed((weight * exact.unsqueeze(1)).to(at::kFloat));
  bias_ = weights.placed((offset * exact).to(at::kFloat));
}

void Linear::scale_first(std::int64_t count, double factor) {
  for (at::Tensor& each : {std::ref(weight_), std::ref(bias_)})
    if (each.defined()) each.narrow(0, 0, count).mul_(factor);
}

at::Tensor Linear::operator()(const at::Tensor& x) const {
  std::vector<std::int64_t> shape = x.sizes().vec();
  shape.back() = weight_.size(0);
  return matrix_product(x.reshape({-1, x.size(-1)}), weight_, bias_).view(shape);
}

LayerNorm::LayerNorm(WeightsReader& weights, const std::string& key, std::int64_t channels,
                     double epsilon)
    : epsilon_(epsilon) {
  const at::Tensor weight = weights.take(key + ".weight", {channels});
  const at::Tensor bias = weights.take(key + ".bias", {channels});
  if (!weight.defined() || !bias.defined()) return;
  weight_ = weights.placed(weight);
  bias_ = weights.placed(bias);
}

at::Tensor LayerNorm::operator()(const at::Tensor& x) const {
  return at::layer_norm(x, weight_.sizes(), weight_, bias_, epsilon_);
}

Perceptron::Perceptron(WeightsReader& weights, const std::string& prefix, std::int64_t channels,
                       const std::string& scale)
    : wide_(weights, prefix + "fc1", channels, perceptron_width * channels),
      narrow_(weights, prefix + "fc2", perceptron_width * channels, channels, scale) {}

at::Tensor Perceptron::operator()(const at::Tensor& x) const {
  at::Tensor wide = wide_(x);
  at::gelu_(wide);
  return narrow_(wide);
}

TransformerBlock::TransformerBlock(WeightsReader& weights, const std::string& prefix,
                                   const TransformerShape& shape)
    : norm1_(weights, prefix + "norm1", shape.channels, shape.norm_epsilon),
      norm2_(weights, prefix + "norm2", shape.channels, shape.norm_epsilon),
      qkv_(weights, prefix + "attn.qkv", shape.channels, 3 * shape.channels, shape.qkv_bias),
      project_(weights, prefix + "attn.proj", shape.channels, shape.channels,
               prefix + shape.attention_scale),
      perceptron_(weights, prefix + "mlp.", shape.channels, prefix + shape.perceptron_scale),
      heads_(shape.heads),
      rotate_(shape.rotate) {
  const std::int64_t width = shape.channels / shape.heads;
  qkv_.scale_first(shape.channels, 1 / std::sqrt(static_cast<double>(width)));
}

at::Tensor TransformerBlock::attended(const Tokens& tokens) const {
  const at::Tensor qkv = qkv_(norm1_(tokens.values));
  if (rotate_) {
    at::Tensor by_head = qkv.view({qkv.size(0), qkv.size(1), 3, heads_, -1});
    rotate_(by_head, tokens);
  }
  return project_(attention(qkv, heads_));
}

void TransformerBlock::operator()(State& state) const {
  Tokens& tokens = state.tokens;
  // In new memory: what the block was given may be a level.
  at::Tensor x = attended(tokens);
  x.add_(tokens.values);
  at::Tensor y = perceptron_(norm2_(x));
  y.add_(x);
  tokens.values = y;
}

}  // namespace mvga
