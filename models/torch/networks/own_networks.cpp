// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The project's own networks, trained by models/distill. Levels: 0..2 = the stages.

#include "models/torch/networks/own_networks.h"

#include <ATen/ops/relu.h>

#include <string>
#include <utility>
#include <vector>

#include "models/torch/architecture.h"
#include "models/torch/convolution.h"
#include "models/torch/families.h"

namespace mvga {
namespace {

class PlainBlock {
 public:
  PlainBlock(WeightsReader& weights, const std::string& prefix, int width)
      : first_(weights, prefix + "conv1", {width, width, 3}),
        second_(weights, prefix + "conv2", {width, width, 3}) {}

  at::Tensor operator()(const at::Tensor& input) const {
    at::Tensor x = first_(input);
    at::relu_(x);
    x = second_(x);
    x.add_(input);
    return at::relu_(x);
  }

 private:
  Convolution first_, second_;
};

class OneStage {
 public:
  OneStage(WeightsReader& weights, const std::string& prefix, const OwnStage& shape, int in)
      : entry_(weights, prefix + "entry", {in, shape.width, 3, shape.stride}),
        out_(weights, prefix + "out", {shape.width, shape.channels}) {
    for (int b = 0; b < shape.blocks; ++b)
      blocks_.emplace_back(weights, prefix + "blocks." + std::to_string(b) + ".", shape.width);
  }

  at::Tensor operator()(const at::Tensor& input) const {
    at::Tensor x = entry_(input);
    at::relu_(x);
    for (const PlainBlock& block : blocks_) x = block(x);
    return out_(x);
  }

 private:
  Convolution entry_;
  std::vector<PlainBlock> blocks_;
  Convolution out_;
};

Trunk build_own_network(const OwnNetwork& network, WeightsReader& weights, int top_stage) {
  Trunk trunk;
  int channels = network.stem;
  for (int s = 0; s <= top_stage; ++s) {
    OneStage stage(weights, "stages." + std::to_string(s) + ".", network.stages[s], channels);
    channels = network.stages[s].channels;
    if (s > 0) {
      trunk.stages.push_back(map_stage(std::move(stage)));
      continue;
    }
    trunk.stages.push_back(map_stage([stem = Convolution(weights, "stem", {3, network.stem, 3, 2}),
                                      stage = std::move(stage)](const at::Tensor& input) {
      at::Tensor x = stem(input);
      at::relu_(x);
      return stage(x);
    }));
  }
  return trunk;
}

}  // namespace

std::vector<Architecture> own_networks_family() {
  std::vector<Architecture> architectures;
  for (const OwnNetwork& network : own_networks) {
    Architecture a;
    a.name = network.name;
    a.input.size = network.input_size;
    a.levels = a_level_for_each(static_cast<int>(network.stages.size()));
    a.paper_levels = {0, 1, 2};
    a.map_levels = {0, 1, 2};
    a.reduction = DefaultReduction::opposite_pca;
    a.cpu_batch = 4;
    a.build = [&network](WeightsReader& weights, int top_stage) {
      return build_own_network(network, weights, top_stage);
    };
    architectures.push_back(std::move(a));
  }
  return architectures;
}

}  // namespace mvga
