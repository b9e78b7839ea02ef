// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// ConvNeXt (Liu et al., 2022), as timm has it. Levels: 0 = stem, 1..4 = stages. Those in use have
// the strides of PatchCore's (Roth et al., 2022) and one finer.

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "models/torch/architecture.h"
#include "models/torch/convolution.h"
#include "models/torch/families.h"
#include "models/torch/transformer.h"

namespace mvga {
namespace {

constexpr double convnext_epsilon = 1e-6;

struct ConvNextShape {
  std::array<int, 4> blocks;
  std::array<int, 4> channels;
};

/// f along the channels of a map.
template <typename F>
at::Tensor along_channels(const at::Tensor& map, const F& f) {
  return f(map.permute({0, 2, 3, 1})).permute({0, 3, 1, 2});
}

class ConvNextBlock {
 public:
  ConvNextBlock(WeightsReader& weights, const std::string& prefix, int channels)
      : depthwise_(weights, prefix + "conv_dw", {channels, channels, 7, 1, true}),
        norm_(weights, prefix + "norm", channels, convnext_epsilon),
        perceptron_(weights, prefix + "mlp.", channels, prefix + "gamma") {}

  at::Tensor operator()(const at::Tensor& input) const {
    at::Tensor x = along_channels(
        depthwise_(input), [this](const at::Tensor& values) { return perceptron_(norm_(values)); });
    return x.add_(input);
  }

 private:
  Convolution depthwise_;
  LayerNorm norm_;
  Perceptron perceptron_;
};

/// A map of patches that do not overlap, and a norm before or behind.
Stage stem(WeightsReader& weights, int channels) {
  Convolution patches(weights, "stem.0", {3, channels, 4, 4, false, Padding::none});
  LayerNorm norm(weights, "stem.1", channels, convnext_epsilon);
  return map_stage([patches = std::move(patches), norm = std::move(norm)](const at::Tensor& input) {
    return along_channels(patches(input), norm);
  });
}

Stage stage_of_blocks(WeightsReader& weights, const std::string& prefix, int blocks, int channels) {
  std::vector<ConvNextBlock> all;
  all.reserve(static_cast<std::size_t>(blocks));
  for (int b = 0; b < blocks; ++b)
    all.emplace_back(weights, prefix + "blocks." + std::to_string(b) + ".", channels);
  return map_stage([all = std::move(all)](const at::Tensor& input) {
    at::Tensor x = input;
    for (const ConvNextBlock& block : all) x = block(x);
    return x;
  });
}

Stage halved(WeightsReader& weights, const std::string& prefix, int in, int out, Stage next) {
  LayerNorm norm(weights, prefix + "downsample.0", in, convnext_epsilon);
  Convolution patches(weights, prefix + "downsample.1", {in, out, 2, 2, false, Padding::none});
  return
      [norm = std::move(norm), patches = std::move(patches), next = std::move(next)](State& state) {
        state.map = patches(along_channels(state.map, norm));
        next(state);
      };
}

Trunk build_convnext(const ConvNextShape& shape, WeightsReader& weights, int top_stage) {
  Trunk trunk;
  trunk.stages.push_back(stem(weights, shape.channels[0]));
  for (int s = 0; s < top_stage; ++s) {
    const std::string prefix = "stages." + std::to_string(s) + ".";
    Stage stage = stage_of_blocks(weights, prefix, shape.blocks[s], shape.channels[s]);
    if (s > 0) {
      stage = halved(weights, prefix, shape.channels[s - 1], shape.channels[s], std::move(stage));
    }
    trunk.stages.push_back(std::move(stage));
  }
  return trunk;
}

}  // namespace

std::vector<Architecture> convnext_family() {
  Architecture a;
  a.name = "convnext_tiny";
  a.levels = a_level_for_each(5);
  a.paper_levels = {1, 2, 3};
  a.map_levels = {1, 2, 3};
  a.reduction = DefaultReduction::none;
  a.build = [](WeightsReader& weights, int top_stage) {
    constexpr ConvNextShape tiny{{3, 3, 9, 3}, {96, 192, 384, 768}};
    return build_convnext(tiny, weights, top_stage);
  };
  return {std::move(a)};
}

}  // namespace mvga
