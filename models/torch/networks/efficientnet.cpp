// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// EfficientNet B0 to B7 (Tan and Le, 2019), as timm has them.

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "models/torch/families.h"
#include "models/torch/networks/efficientnet_trunk.h"
#include "models/torch/squeeze_excite.h"

namespace mvga {
namespace {

/// With squeeze-and-excitation before the projection.
class MobileBlock {
 public:
  MobileBlock(WeightsReader& weights, const std::string& prefix, const InvertedResidualShape& shape)
      : convolutions_(weights, prefix, shape),
        squeeze_excite_(weights, prefix + "se", shape.middle, shape.in / 4) {}

  at::Tensor operator()(const at::Tensor& input) const {
    at::Tensor x = input;
    if (convolutions_.expand) {
      x = (*convolutions_.expand)(x);
      silu_in_place(x);
    }
    x = convolutions_.depthwise(x);
    const at::Tensor gate = squeeze_excite_.silu_and_gate(x);
    x = convolutions_.project.gated(x, gate);
    if (convolutions_.goes_around) x.add_(input);
    return x;
  }

 private:
  InvertedResidual convolutions_;
  SqueezeExcite squeeze_excite_;
};

struct Size {
  double width, depth;
  int input;
};

efficientnet::Shape b_shape(const Size& size) {
  efficientnet::Shape shape;
  shape.stem = efficientnet::scaled_channels(shape.stem, size.width);
  shape.head = efficientnet::scaled_channels(shape.head, size.width);
  for (efficientnet::StageShape& stage : shape.stages) {
    stage.channels = efficientnet::scaled_channels(stage.channels, size.width);
    stage.repeats = static_cast<int>(std::ceil(stage.repeats * size.depth));
  }
  return shape;
}

}  // namespace

std::vector<Architecture> efficientnet_family() {
  constexpr std::array<Size, 8> sizes{{{1.0, 1.0, 224},
                                       {1.0, 1.1, 240},
                                       {1.1, 1.2, 260},
                                       {1.2, 1.4, 300},
                                       {1.4, 1.8, 380},
                                       {1.6, 2.2, 456},
                                       {1.8, 2.6, 528},
                                       {2.0, 3.1, 600}}};
  std::vector<Architecture> architectures;
  for (bool tensorflow : {false, true}) {
    for (std::size_t b = 0; b < sizes.size(); ++b) {
      efficientnet::Shape shape = b_shape(sizes[b]);
      if (tensorflow) {  // what makes Google's weights different from timm's own
        shape.padding = Padding::same;
        shape.norm_eps = 1e-3;
      }
      Architecture a;
      a.name = (tensorflow ? "tf_efficientnet_b" : "efficientnet_b") + std::to_string(b);
      a.input.size = sizes[b].input;
      efficientnet::set_levels(a);
      a.build = [shape](WeightsReader& weights, int top_stage) {
        return efficientnet::build_trunk<MobileBlock>(shape, silu_in_place, weights, top_stage);
      };
      architectures.push_back(std::move(a));
    }
  }
  return architectures;
}

}  // namespace mvga
