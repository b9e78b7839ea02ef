// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// EfficientNet-Lite 0 to 4 with Google's weights, as timm has them: EfficientNet without
// squeeze-and-excitation and with ReLU6. Stem, head, first and last stage are as deep in all of
// them (github.com/tensorflow/tpu, models/official/efficientnet/lite). The sizes of the input are
// those that timm names with the weights.

#include <ATen/ops/hardtanh.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "models/torch/families.h"
#include "models/torch/networks/efficientnet_trunk.h"

namespace mvga {
namespace {

void relu6_in_place(at::Tensor& x) {
  at::hardtanh_(x, 0, 6);
}

class LiteBlock {
 public:
  LiteBlock(WeightsReader& weights, const std::string& prefix, const InvertedResidualShape& shape)
      : convolutions_(weights, prefix, shape) {}

  at::Tensor operator()(const at::Tensor& input) const {
    at::Tensor x = input;
    if (convolutions_.expand) {
      x = (*convolutions_.expand)(x);
      relu6_in_place(x);
    }
    x = convolutions_.depthwise(x);
    relu6_in_place(x);
    x = convolutions_.project(x);
    if (convolutions_.goes_around) x.add_(input);
    return x;
  }

 private:
  InvertedResidual convolutions_;
};

struct LiteSize {
  double width, depth;
  int input;
};

efficientnet::Shape lite_shape(const LiteSize& size) {
  efficientnet::Shape shape;
  shape.padding = Padding::same;
  shape.norm_eps = 1e-3;
  for (efficientnet::StageShape& stage : shape.stages) {
    stage.channels = efficientnet::scaled_channels(stage.channels, size.width);
    const bool at_an_end = &stage == &shape.stages.front() || &stage == &shape.stages.back();
    if (!at_an_end) stage.repeats = static_cast<int>(std::ceil(stage.repeats * size.depth));
  }
  return shape;
}

}  // namespace

std::vector<Architecture> efficientnet_lite_family() {
  constexpr std::array<LiteSize, 5> sizes{
      {{1.0, 1.0, 224}, {1.0, 1.1, 240}, {1.1, 1.2, 260}, {1.2, 1.4, 300}, {1.4, 1.8, 380}}};
  std::vector<Architecture> architectures;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    Architecture a;
    a.name = "tf_efficientnet_lite" + std::to_string(i);
    a.input.size = sizes[i].input;
    a.input.normalisation = from_minus_one_to_one;
    efficientnet::set_levels(a);
    a.build = [shape = lite_shape(sizes[i])](WeightsReader& weights, int top_stage) {
      return efficientnet::build_trunk<LiteBlock>(shape, relu6_in_place, weights, top_stage);
    };
    architectures.push_back(std::move(a));
  }
  return architectures;
}

}  // namespace mvga
