// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The small transformer of DINOv3 (Siméoni et al., 2025), as timm has it. Where a patch is, queries
// and keys are turned by (rotary embedding), in every block.

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/pow.h>
#include <ATen/ops/stack.h>

#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "models/torch/families.h"
#include "models/torch/networks/vision_transformer.h"

namespace mvga {
namespace {

constexpr int patch_of_dinov3 = 16;
constexpr std::int64_t head_width = 64;
constexpr double longest_period = 100;

/// The centres of a row of patches, from -1 to 1.
at::Tensor centres(std::int64_t count) {
  return (at::arange(count, at::kDouble) + 0.5) / static_cast<double>(count) * 2 - 1;
}

/// By what angles a head is turned: [2, height * width, 1, head_width / 2], cosines and sines. A
/// quarter of the head's width has the angles of the row, the next one those of the column.
at::Tensor turns_of_grid(std::int64_t height, std::int64_t width) {
  constexpr std::int64_t quarter = head_width / 4;
  const at::Tensor periods =
      at::pow(longest_period, at::arange(quarter, at::kDouble) * 4 / head_width);
  const at::Tensor rates = 2 * std::numbers::pi / periods;
  const at::Tensor rows = (centres(height).unsqueeze(1) * rates).view({height, 1, quarter});
  const at::Tensor columns = (centres(width).unsqueeze(1) * rates).view({1, width, quarter});
  const at::Tensor angles =
      at::cat({rows.expand({height, width, quarter}), columns.expand({height, width, quarter})}, 2);
  return at::stack({angles.cos(), angles.sin()}).view({2, height * width, 1, head_width / 2});
}

/// Queries and keys of the patches: the first half of a head and the second are the coordinates
/// that are turned together.
void turn(at::Tensor& qkv, const Tokens& tokens) {
  const at::Tensor both =
      qkv.narrow(1, tokens.prefix, tokens.height * tokens.width).narrow(2, 0, 2);
  const at::Tensor x = both.narrow(4, 0, head_width / 2);
  const at::Tensor y = both.narrow(4, head_width / 2, head_width / 2);
  const at::Tensor cosine = tokens.positions[0].unsqueeze(1),
                   sine = tokens.positions[1].unsqueeze(1);
  const at::Tensor turned_x = x * cosine - y * sine;
  y.mul_(cosine).add_(x * sine);
  x.copy_(turned_x);
}

Architecture dinov3(const std::string& name, std::int64_t channels) {
  Architecture a;
  a.name = name;
  vision_transformer::set_levels(a, patch_of_dinov3);
  a.build = [channels](WeightsReader& weights, int top_stage) {
    TransformerShape shape;
    shape.channels = channels;
    shape.heads = channels / head_width;
    shape.norm_epsilon = 1e-5;
    shape.qkv_bias = Linear::Bias::no;
    shape.attention_scale = "gamma_1";
    shape.perceptron_scale = "gamma_2";
    shape.rotate = turn;
    const auto place = [](const at::Tensor& patches, Tokens& tokens) {
      tokens.positions =
          turns_of_grid(tokens.height, tokens.width).to(patches.device(), patches.scalar_type());
    };
    Stage tokens = vision_transformer::embedding(weights, channels, patch_of_dinov3, place);
    return vision_transformer::build_trunk(weights, std::move(tokens), shape, top_stage);
  };
  return a;
}

}  // namespace

std::vector<Architecture> dinov3_family() {
  return {dinov3("vit_small_patch16_dinov3", 384)};
}

}  // namespace mvga
