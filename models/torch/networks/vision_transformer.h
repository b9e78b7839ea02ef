// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the transformers of the DINO family have in common. Stages: 0 makes the tokens, 1 to 12 are
// the blocks, 13 is the last norm. Levels: 0..11 = the blocks, 12 = the last block behind the norm,
// 13 and 14 = the mean of blocks 2 to 5 and of blocks 6 to 9.
#pragma once

#include <ATen/ops/cat.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "models/torch/architecture.h"
#include "models/torch/convolution.h"
#include "models/torch/transformer.h"

namespace mvga::vision_transformer {

inline constexpr int blocks = 12;
inline constexpr std::int64_t registers = 4;

/// Makes the tokens of the input: a class token, registers, and the patches of the grid.
/// @param place puts the patches, [N, height * width, channels], in their places
template <typename Place>
Stage embedding(WeightsReader& weights, std::int64_t channels, int patch, Place place) {
  const auto take = [&](const char* key, std::int64_t count) {
    const at::Tensor tensor = weights.take(key, {1, count, channels});
    return tensor.defined() ? weights.placed(tensor) : tensor;
  };
  return [class_token = take("cls_token", 1), register_tokens = take("reg_token", registers),
          patches = Convolution(weights, "patch_embed.proj",
                                {3, channels, patch, patch, false, Padding::none}),
          place = std::move(place)](State& state) {
    const at::Tensor grid = patches(state.map);
    state.map.reset();
    Tokens& tokens = state.tokens;
    tokens.prefix = 1 + registers;
    tokens.height = grid.size(2);
    tokens.width = grid.size(3);
    at::Tensor values = grid.permute({0, 2, 3, 1}).flatten(1, 2);
    place(values, tokens);
    const auto for_each = [&](const at::Tensor& token) {
      return token.expand({values.size(0), -1, -1});
    };
    tokens.values = at::cat({for_each(class_token), for_each(register_tokens), values}, 1);
  };
}

inline Trunk build_trunk(WeightsReader& weights, Stage embedding, const TransformerShape& shape,
                         int top_stage) {
  Trunk trunk;
  trunk.stages.push_back(std::move(embedding));
  for (int b = 0; b < std::min(top_stage, blocks); ++b) {
    trunk.stages.emplace_back(
        TransformerBlock(weights, "blocks." + std::to_string(b) + ".", shape));
  }
  if (top_stage > blocks) {
    trunk.stages.emplace_back(
        [norm = LayerNorm(weights, "norm", shape.channels, shape.norm_epsilon)](State& state) {
          state.tokens.values = norm(state.tokens.values);
        });
  }
  trunk.features = [](const State& state) { return state.tokens.map(); };
  return trunk;
}

/// The levels that there are, and those that are used when nobody says. These are Dinomaly's two
/// groups of four blocks in the middle (Guo et al., CVPR 2025, with the same networks), whose means
/// hold what is local and what is not; the reduction is SubspaceAD's, which keeps what principal
/// components leave over (Lendering et al., CVPR 2026); and 448 pixels a side are AnomalyDINO's
/// (Damm et al., WACV 2025).
inline void set_levels(Architecture& a, int patch) {
  a.input = {448, patch, imagenet};
  for (int b = 0; b <= blocks; ++b) a.levels.push_back({b + 1});
  a.levels.push_back({3, 4, 5, 6});
  a.levels.push_back({7, 8, 9, 10});
  a.paper_levels = {13, 14};
  a.map_levels = {13, 14};
  a.reduction = DefaultReduction::opposite_pca;
}

}  // namespace mvga::vision_transformer
