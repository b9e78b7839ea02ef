// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// EfficientNet B0 to B7 (Tan and Le, 2019), as timm has them. Levels: 0 = stem, 1..7 = the last
// block of each stage, 8 = head.

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>

#include "models/torch/architecture.h"
#include "models/torch/convolution.h"
#include "models/torch/families.h"
#include "models/torch/squeeze_excite.h"

namespace mvga {
namespace {

/// What makes B0 a B7, and Google's weights different from timm's own.
struct Variant {
  double width = 1.0;
  double depth = 1.0;
  Padding padding = Padding::symmetric;
  double norm_eps = 1e-5;
};

/// A stage of B0; the variants scale it.
struct StageSpec {
  int repeats;
  int kernel;
  int stride;  ///< of the first block
  int expansion;
  int channels;
};

constexpr std::array<StageSpec, 7> stage_specs{{{1, 3, 1, 1, 16},
                                                {2, 3, 2, 6, 24},
                                                {2, 5, 2, 6, 40},
                                                {3, 3, 2, 6, 80},
                                                {3, 5, 1, 6, 112},
                                                {4, 5, 2, 6, 192},
                                                {1, 3, 1, 6, 320}}};
constexpr int head_stage = 8;

/// To the nearest multiple of 8, but not down by more than a tenth.
int scaled_channels(int channels, double width) {
  const double wanted = channels * width;
  int rounded = std::max(8, static_cast<int>(wanted + 4) / 8 * 8);
  if (rounded < 0.9 * wanted) rounded += 8;
  return rounded;
}

/// Expand, convolve each channel on its own, weigh the channels, project: a mobile inverted
/// bottleneck. Without expansion (the first stage) timm numbers its parts differently.
class MobileBlock {
 public:
  MobileBlock(WeightsReader& weights, const std::string& prefix, const Variant& variant, int in,
              int out, int kernel, int stride, int expansion)
      : expand_(expansion == 1 ? std::nullopt
                               : std::optional<Convolution>(
                                     std::in_place, weights, prefix + "conv_pw", prefix + "bn1",
                                     variant.norm_eps, ConvolutionShape{in, in * expansion})),
        depthwise_(weights, prefix + "conv_dw", prefix + (expansion == 1 ? "bn1" : "bn2"),
                   variant.norm_eps,
                   {in * expansion, in * expansion, kernel, stride, true, variant.padding}),
        squeeze_excite_(weights, prefix + "se", in * expansion, in / 4),
        project_(weights, prefix + (expansion == 1 ? "conv_pw" : "conv_pwl"),
                 prefix + (expansion == 1 ? "bn2" : "bn3"), variant.norm_eps,
                 {in * expansion, out}),
        residual_(stride == 1 && in == out) {}

  at::Tensor operator()(const at::Tensor& input) const {
    at::Tensor x = input;
    if (expand_) {
      x = (*expand_)(x);
      silu_in_place(x);
    }
    x = depthwise_(x);
    const at::Tensor gate = squeeze_excite_.silu_and_gate(x);
    x = project_.gated(x, gate);
    if (residual_) x.add_(input);
    return x;
  }

 private:
  std::optional<Convolution> expand_;
  Convolution depthwise_;
  SqueezeExcite squeeze_excite_;
  Convolution project_;
  bool residual_;
};

/// A convolution and the activation behind it: stem and head.
Stage activated(Convolution convolution) {
  return map_stage([convolution = std::move(convolution)](const at::Tensor& input) {
    at::Tensor x = convolution(input);
    silu_in_place(x);
    return x;
  });
}

Trunk build_efficientnet(const Variant& variant, WeightsReader& weights, int top_stage) {
  int channels = scaled_channels(32, variant.width);
  Trunk trunk;
  trunk.stages.push_back(activated(Convolution(weights, "conv_stem", "bn1", variant.norm_eps,
                                               {3, channels, 3, 2, false, variant.padding})));
  for (int s = 0; s < std::min<int>(top_stage, stage_specs.size()); ++s) {
    const StageSpec& spec = stage_specs[s];
    const int out = scaled_channels(spec.channels, variant.width);
    const int repeats = static_cast<int>(std::ceil(spec.repeats * variant.depth));
    std::vector<MobileBlock> blocks;
    for (int r = 0; r < repeats; ++r) {
      const std::string prefix = "blocks." + std::to_string(s) + "." + std::to_string(r) + ".";
      blocks.emplace_back(weights, prefix, variant, channels, out, spec.kernel,
                          r == 0 ? spec.stride : 1, spec.expansion);
      channels = out;
    }
    trunk.stages.push_back(map_stage([blocks = std::move(blocks)](const at::Tensor& input) {
      at::Tensor x = input;
      for (const MobileBlock& block : blocks) x = block(x);
      return x;
    }));
  }
  if (top_stage == head_stage) {
    trunk.stages.push_back(
        activated(Convolution(weights, "conv_head", "bn2", variant.norm_eps,
                              {channels, scaled_channels(1280, variant.width)})));
  }
  return trunk;
}

}  // namespace

std::vector<Architecture> efficientnet_family() {
  struct Size {
    double width, depth;
    int input;
  };
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
      const Variant variant{sizes[b].width, sizes[b].depth,
                            tensorflow ? Padding::same : Padding::symmetric,
                            tensorflow ? 1e-3 : 1e-5};
      Architecture a;
      a.name = (tensorflow ? "tf_efficientnet_b" : "efficientnet_b") + std::to_string(b);
      a.input.size = sizes[b].input;
      a.levels = a_level_for_each(head_stage + 1);
      a.paper_levels = {3, 4, 5, 6, 7};
      a.map_levels = {2, 3, 4, 5, 6};
      a.reduction = DefaultReduction::opposite_pca;
      a.build = [variant](WeightsReader& weights, int top_stage) {
        return build_efficientnet(variant, weights, top_stage);
      };
      architectures.push_back(std::move(a));
    }
  }
  return architectures;
}

}  // namespace mvga
