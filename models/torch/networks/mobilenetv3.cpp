// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// MobileNetV3-Large (Howard et al., 2019), as timm has it. Levels: 0 = stem, 1..6 = the last block
// of each stage, 7 = the last convolution. They have the strides of EfficientNet's, which comes
// from it, and are used as those are.

#include <ATen/TensorOperators.h>
#include <ATen/ops/hardsigmoid.h>
#include <ATen/ops/hardswish.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/relu.h>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/torch/families.h"
#include "models/torch/matrix_product.h"
#include "models/torch/networks/efficientnet_trunk.h"

namespace mvga {
namespace {

enum class Act { relu, hard_swish };

void act_in_place(Act act, at::Tensor& x) {
  if (act == Act::relu)
    at::relu_(x);
  else
    at::hardswish_(x);
}

struct MobileNetBlockShape {
  int kernel;
  int stride;
  int middle;
  int out;
  bool squeezes;
};

/// All blocks of a stage have the same activation.
struct MobileNetStage {
  Act act;
  std::vector<MobileNetBlockShape> blocks;
};

const std::array<MobileNetStage, 6>& large_stages() {
  static const std::array<MobileNetStage, 6> stages{
      {{Act::relu, {{3, 1, 16, 16, false}}},
       {Act::relu, {{3, 2, 64, 24, false}, {3, 1, 72, 24, false}}},
       {Act::relu, {{5, 2, 72, 40, true}, {5, 1, 120, 40, true}, {5, 1, 120, 40, true}}},
       {Act::hard_swish,
        {{3, 2, 240, 80, false},
         {3, 1, 200, 80, false},
         {3, 1, 184, 80, false},
         {3, 1, 184, 80, false}}},
       {Act::hard_swish, {{3, 1, 480, 112, true}, {3, 1, 672, 112, true}}},
       {Act::hard_swish,
        {{5, 2, 672, 160, true}, {5, 1, 960, 160, true}, {5, 1, 960, 160, true}}}}};
  return stages;
}

/// How much each channel counts, from all channels' means.
class HardSqueezeExcite {
 public:
  HardSqueezeExcite(WeightsReader& weights, const std::string& prefix, std::int64_t channels)
      : reduce_(weights, prefix + "conv_reduce",
                {channels, efficientnet::scaled_channels(static_cast<int>(channels), 0.25)}),
        expand_(weights, prefix + "conv_expand",
                {efficientnet::scaled_channels(static_cast<int>(channels), 0.25), channels}) {}

  /// [N, channels, 1, 1]
  at::Tensor operator()(const at::Tensor& x) const {
    at::Tensor reduced = reduce_(at::mean(x, {2, 3}, true));
    at::relu_(reduced);
    at::Tensor gate = expand_(reduced);
    return at::hardsigmoid_(gate);
  }

 private:
  Convolution reduce_, expand_;
};

class MobileNetBlock {
 public:
  MobileNetBlock(WeightsReader& weights, const std::string& prefix, int in, Act act,
                 const MobileNetBlockShape& shape)
      : convolutions_(
            weights, prefix,
            {in, shape.middle, shape.out, shape.kernel, shape.stride, shape.middle != in}),
        act_(act) {
    if (shape.squeezes) squeeze_excite_.emplace(weights, prefix + "se.", shape.middle);
  }

  at::Tensor operator()(const at::Tensor& input) const {
    at::Tensor x = input;
    if (convolutions_.expand) {
      x = (*convolutions_.expand)(x);
      act_in_place(act_, x);
    }
    x = convolutions_.depthwise(x);
    act_in_place(act_, x);
    x = squeeze_excite_ ? convolutions_.project.gated(x, (*squeeze_excite_)(x))
                        : convolutions_.project(x);
    if (convolutions_.goes_around) x.add_(input);
    return x;
  }

 private:
  InvertedResidual convolutions_;
  std::optional<HardSqueezeExcite> squeeze_excite_;
  Act act_;
};

Trunk build_mobilenet(WeightsReader& weights, int top_stage) {
  constexpr double norm_eps = 1e-5;
  const auto hard_swish = [](at::Tensor& x) { act_in_place(Act::hard_swish, x); };
  const std::array<MobileNetStage, 6>& stages = large_stages();
  int channels = 16;
  Trunk trunk;
  trunk.stages.push_back(efficientnet::activated(
      Convolution(weights, "conv_stem", "bn1", norm_eps, {3, channels, 3, 2}), hard_swish));
  for (int s = 0; s < std::min<int>(top_stage, stages.size()); ++s) {
    std::vector<MobileNetBlock> blocks;
    for (const MobileNetBlockShape& shape : stages[s].blocks) {
      blocks.emplace_back(weights,
                          "blocks." + std::to_string(s) + "." + std::to_string(blocks.size()) + ".",
                          channels, stages[s].act, shape);
      channels = shape.out;
    }
    trunk.stages.push_back(map_stage([blocks = std::move(blocks)](const at::Tensor& input) {
      at::Tensor x = input;
      for (const MobileNetBlock& block : blocks) x = block(x);
      return x;
    }));
  }
  if (top_stage > static_cast<int>(stages.size())) {
    trunk.stages.push_back(efficientnet::activated(
        Convolution(weights, "blocks.6.0.conv", "blocks.6.0.bn1", norm_eps, {channels, 960}),
        hard_swish));
  }
  return trunk;
}

}  // namespace

std::vector<Architecture> mobilenetv3_family() {
  Architecture a;
  a.name = "mobilenetv3_large_100";
  a.levels = a_level_for_each(8);
  a.paper_levels = {3, 4, 5, 6, 7};
  a.map_levels = {2, 3, 4, 5, 6};
  a.reduction = DefaultReduction::opposite_pca;
  a.build = build_mobilenet;
  return {std::move(a)};
}

}  // namespace mvga
