// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/models/torch/tiny_transformer.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/zeros.h>

#include <cmath>

#include "models/torch/weights_reader.h"

namespace mvga::testing::tiny {
namespace {

/// Makes the tokens.
Stage embedding(const Take& take) {
  return [patches = take("patches", {channels, 3, patch, patch}),
          class_token = take("class", {1, 1, channels}),
          register_tokens = take("registers", {1, registers, channels})](State& state) {
    const at::Tensor grid = at::conv2d(state.map, patches, {}, patch);
    state.map.reset();
    const std::int64_t images = grid.size(0);
    Tokens& tokens = state.tokens;
    tokens.prefix = 1 + registers;
    tokens.height = grid.size(2);
    tokens.width = grid.size(3);
    tokens.values =
        at::cat({class_token.expand({images, -1, -1}), register_tokens.expand({images, -1, -1}),
                 grid.flatten(2).transpose(1, 2)},
                1);
    tokens.positions = at::cat({at::zeros({tokens.prefix, channels}),
                                positions_of_grid(tokens.height, tokens.width)})
                           .to(grid.device(), grid.scalar_type());
  };
}

Trunk build(WeightsReader& weights, int top_stage) {
  const Take take = [&](const std::string& key, const std::vector<std::int64_t>& shape) {
    const at::Tensor tensor = weights.take(key, shape);
    return tensor.defined() ? weights.placed(tensor) : tensor;
  };
  Trunk trunk;
  trunk.stages.push_back(embedding(take));
  for (int b = 0; b < top_stage; ++b) {
    trunk.stages.emplace_back(
        [block = Block(take, "blocks." + std::to_string(b) + ".")](State& state) {
          state.tokens.values = block(state.tokens.values, state.tokens.positions);
        });
  }
  trunk.features = [scale = take("norm.weight", {channels})](const State& state) {
    Tokens tokens = state.tokens;
    tokens.values = norm(tokens.values, scale);
    return tokens.map();
  };
  return trunk;
}

}  // namespace

at::Tensor positions_of_grid(std::int64_t height, std::int64_t width) {
  const at::Tensor at = at::arange(height * width, at::kFloat).view({-1, 1});
  const at::Tensor frequencies = (at::arange(channels, at::kFloat) + 1.0) * 0.1;
  return at::sin(at * frequencies);
}

at::Tensor norm(const at::Tensor& x, const at::Tensor& scale) {
  return at::layer_norm(x, {channels}, scale);
}

Block::Block(const Take& take, const std::string& prefix)
    : norm_(take(prefix + "norm.weight", {channels})),
      query_(take(prefix + "query", {channels, channels})),
      key_(take(prefix + "key", {channels, channels})),
      value_(take(prefix + "value", {channels, channels})),
      out_(take(prefix + "out", {channels, channels})),
      wide_(take(prefix + "wide", {2 * channels, channels})),
      narrow_(take(prefix + "narrow", {channels, 2 * channels})) {}

at::Tensor Block::operator()(const at::Tensor& tokens, const at::Tensor& positions) const {
  const at::Tensor normed = norm(tokens, norm_);
  const at::Tensor query = at::linear(normed + positions, query_);
  const at::Tensor key = at::linear(normed + positions, key_);
  const at::Tensor attention = at::softmax(at::matmul(query, key.transpose(1, 2)), 2);
  const at::Tensor attended =
      tokens + at::linear(at::matmul(attention, at::linear(normed, value_)), out_);
  return attended + at::linear(at::gelu(at::linear(norm(attended, norm_), wide_)), narrow_);
}

Architecture architecture() {
  Architecture a;
  a.name = "tiny_transformer";
  a.input = {48, static_cast<int>(patch), normalisation};
  a.levels = {{1}, {2}, {1, 2}};
  a.paper_levels = {0, 1, 2};
  a.map_levels = {1, 2};
  a.cpu_batch = 2;
  a.build = build;
  return a;
}

}  // namespace mvga::testing::tiny
