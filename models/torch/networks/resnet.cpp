// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// ResNet (He et al., 2015) and its wide form, as timm and torchvision have them. Levels: 0 = the
// max-pool's output, 1..4 = layer1..layer4.

#include <ATen/ops/max_pool2d.h>
#include <ATen/ops/relu.h>

#include <array>
#include <optional>

#include "models/torch/architecture.h"
#include "models/torch/convolution.h"
#include "models/torch/families.h"

namespace mvga {
namespace {

constexpr double norm_eps = 1e-5;

struct ResNetVariant {
  std::array<int, 4> repeats;
  bool bottleneck;
  int width = 1;  ///< of the bottleneck's middle, as a factor
};

/// Two or three convolutions and a way around them.
class ResidualBlock {
 public:
  ResidualBlock(WeightsReader& weights, const std::string& prefix, const ResNetVariant& variant,
                int in, int planes, int out, int stride) {
    const auto add = [&](const ConvolutionShape& shape) {
      const std::string number = std::to_string(convolutions_.size() + 1);
      convolutions_.emplace_back(weights, prefix + "conv" + number, prefix + "bn" + number,
                                 norm_eps, shape);
    };
    if (variant.bottleneck) {
      const int middle = planes * variant.width;
      add({in, middle, 1});
      add({middle, middle, 3, stride});
      add({middle, out, 1});
    } else {
      add({in, out, 3, stride});
      add({out, out, 3});
    }
    if (stride != 1 || in != out) {
      around_.emplace(weights, prefix + "downsample.0", prefix + "downsample.1", norm_eps,
                      ConvolutionShape{in, out, 1, stride});
    }
  }

  at::Tensor operator()(const at::Tensor& input) const {
    at::Tensor x = input;
    for (std::size_t i = 0; i + 1 < convolutions_.size(); ++i) {
      x = convolutions_[i](x);
      at::relu_(x);
    }
    x = convolutions_.back()(x);
    x.add_(around_ ? (*around_)(input) : input);
    return at::relu_(x);
  }

 private:
  std::vector<Convolution> convolutions_;
  std::optional<Convolution> around_;
};

Trunk build_resnet(const ResNetVariant& variant, WeightsReader& weights, int top_stage) {
  Trunk trunk;
  int channels = 64;
  Convolution stem(weights, "conv1", "bn1", norm_eps, {3, channels, 7, 2});
  trunk.stages.push_back(map_stage([stem = std::move(stem)](const at::Tensor& input) {
    at::Tensor x = stem(input);
    at::relu_(x);
    return at::max_pool2d(x, {3, 3}, {2, 2}, {1, 1});
  }));
  for (int layer = 1; layer <= top_stage; ++layer) {
    const int planes = 64 << (layer - 1);
    const int out = variant.bottleneck ? 4 * planes : planes;
    std::vector<ResidualBlock> blocks;
    for (int r = 0; r < variant.repeats[layer - 1]; ++r) {
      const std::string prefix = "layer" + std::to_string(layer) + "." + std::to_string(r) + ".";
      const int stride = r == 0 && layer > 1 ? 2 : 1;
      blocks.emplace_back(weights, prefix, variant, channels, planes, out, stride);
      channels = out;
    }
    trunk.stages.push_back(map_stage([blocks = std::move(blocks)](const at::Tensor& input) {
      at::Tensor x = input;
      for (const ResidualBlock& block : blocks) x = block(x);
      return x;
    }));
  }
  return trunk;
}

Architecture resnet(const std::string& name, const ResNetVariant& variant) {
  Architecture a;
  a.name = name;
  a.levels = a_level_for_each(5);
  a.paper_levels = {0, 1, 2, 3};
  a.map_levels = {1, 2, 3};
  a.reduction = DefaultReduction::none;
  a.cpu_batch = 4;
  a.build = [variant](WeightsReader& weights, int top_stage) {
    return build_resnet(variant, weights, top_stage);
  };
  return a;
}

}  // namespace

std::vector<Architecture> resnet_family() {
  return {
      resnet("resnet18", {{2, 2, 2, 2}, false}),
      resnet("resnet34", {{3, 4, 6, 3}, false}),
      resnet("resnet50", {{3, 4, 6, 3}, true}),
      resnet("wide_resnet50_2", {{3, 4, 6, 3}, true, 2}),
  };
}

}  // namespace mvga
