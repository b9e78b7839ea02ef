// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What EfficientNet and EfficientNet-Lite have in common: the stages of B0, and how a larger
// network is made of them. Levels: 0 = stem, 1..7 = the last block of each stage, 8 = head.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "models/torch/architecture.h"
#include "models/torch/convolution.h"
#include "models/torch/networks/inverted_residual.h"

namespace mvga::efficientnet {

struct StageShape {
  int repeats;
  int kernel;
  int stride;  ///< of the first block
  int expansion;
  int channels;
};

/// As it is, B0's.
struct Shape {
  int stem = 32;
  std::array<StageShape, 7> stages{{{1, 3, 1, 1, 16},
                                    {2, 3, 2, 6, 24},
                                    {2, 5, 2, 6, 40},
                                    {3, 3, 2, 6, 80},
                                    {3, 5, 1, 6, 112},
                                    {4, 5, 2, 6, 192},
                                    {1, 3, 1, 6, 320}}};
  int head = 1280;
  Padding padding = Padding::symmetric;
  double norm_eps = 1e-5;
};
inline constexpr int head_stage = 8;

/// To the nearest multiple of 8, but not down by more than a tenth.
inline int scaled_channels(int channels, double width) {
  const double wanted = channels * width;
  int rounded = std::max(8, static_cast<int>(wanted + 4) / 8 * 8);
  if (rounded < 0.9 * wanted) rounded += 8;
  return rounded;
}

/// A convolution and the activation behind it: stem and head.
template <typename Activation>
Stage activated(Convolution convolution, Activation activate_in_place) {
  return map_stage(
      [convolution = std::move(convolution), activate_in_place](const at::Tensor& input) {
        at::Tensor x = convolution(input);
        activate_in_place(x);
        return x;
      });
}

/// A `Block` is made of the weights, the prefix of its tensors' names and its shape, and makes a
/// map of a map.
template <typename Block, typename Activation>
Trunk build_trunk(const Shape& shape, Activation activate_in_place, WeightsReader& weights,
                  int top_stage) {
  Trunk trunk;
  int channels = shape.stem;
  trunk.stages.push_back(activated(Convolution(weights, "conv_stem", "bn1", shape.norm_eps,
                                               {3, channels, 3, 2, false, shape.padding}),
                                   activate_in_place));
  for (int s = 0; s < std::min<int>(top_stage, shape.stages.size()); ++s) {
    const StageShape& stage = shape.stages[s];
    std::vector<Block> blocks;
    for (int r = 0; r < stage.repeats; ++r) {
      const std::string prefix = "blocks." + std::to_string(s) + "." + std::to_string(r) + ".";
      blocks.emplace_back(
          weights, prefix,
          InvertedResidualShape{channels, channels * stage.expansion, stage.channels, stage.kernel,
                                r == 0 ? stage.stride : 1, stage.expansion != 1, shape.padding,
                                shape.norm_eps});
      channels = stage.channels;
    }
    trunk.stages.push_back(map_stage([blocks = std::move(blocks)](const at::Tensor& input) {
      at::Tensor x = input;
      for (const Block& block : blocks) x = block(x);
      return x;
    }));
  }
  if (top_stage == head_stage) {
    trunk.stages.push_back(
        activated(Convolution(weights, "conv_head", "bn2", shape.norm_eps, {channels, shape.head}),
                  activate_in_place));
  }
  return trunk;
}

/// Which of the levels are used, and how, when nobody says: as the paper has it (Rippel et al.,
/// 2021), for all of the family.
inline void set_levels(Architecture& a) {
  a.levels = a_level_for_each(head_stage + 1);
  a.paper_levels = {3, 4, 5, 6, 7};
  a.map_levels = {2, 3, 4, 5, 6};
  a.reduction = DefaultReduction::opposite_pca;
}

}  // namespace mvga::efficientnet
