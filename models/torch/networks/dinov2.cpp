// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The transformers of DINOv2 with registers (Oquab et al., 2023; Darcet et al., 2024), as timm has
// them.

#include <ATen/TensorOperators.h>
#include <ATen/ops/_upsample_bicubic2d_aa.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "models/torch/families.h"
#include "models/torch/networks/vision_transformer.h"

namespace mvga {
namespace {

constexpr int patch_of_dinov2 = 14;
constexpr std::int64_t learned_side = 37;  ///< of the grid that places were learned for: 518 pixels

/// What is added to a patch for its place, on grids of any size: made of what was learned as timm
/// does, by a cubic that is wide enough to leave nothing out, once for each size.
class PlaceEmbedding {
 public:
  PlaceEmbedding(WeightsReader& weights, std::int64_t channels) {
    const at::Tensor learned =
        weights.take("pos_embed", {1, learned_side * learned_side, channels});
    if (!learned.defined()) return;
    learned_ = learned.view({1, learned_side, learned_side, channels}).permute({0, 3, 1, 2});
    like_ = weights.placed(learned.narrow(1, 0, 1));
  }

  /// [1, height * width, channels]
  at::Tensor operator()(std::int64_t height, std::int64_t width) const {
    const std::lock_guard lock(known_->mutex);
    at::Tensor& place = known_->by_size[{height, width}];
    if (!place.defined()) place = made(height, width);
    return place;
  }

 private:
  at::Tensor made(std::int64_t height, std::int64_t width) const {
    const bool is_learned = height == learned_side && width == learned_side;
    const at::Tensor map =
        is_learned ? learned_ : at::_upsample_bicubic2d_aa(learned_, {height, width}, false);
    return map.permute({0, 2, 3, 1})
        .flatten(1, 2)
        .to(like_.device(), like_.scalar_type())
        .contiguous();
  }

  struct Known {
    std::mutex mutex;
    std::map<std::pair<std::int64_t, std::int64_t>, at::Tensor> by_size;
  };
  at::Tensor learned_;  ///< [1, channels, side, side], fp32 on the CPU
  at::Tensor like_;     ///< of the device and type that are wanted
  std::shared_ptr<Known> known_ = std::make_shared<Known>();
};

Architecture dinov2(const std::string& name, std::int64_t channels, std::int64_t heads) {
  Architecture a;
  a.name = name;
  vision_transformer::set_levels(a, patch_of_dinov2);
  a.build = [channels, heads](WeightsReader& weights, int top_stage) {
    TransformerShape shape;
    shape.channels = channels;
    shape.heads = heads;
    const auto place = [embedding = PlaceEmbedding(weights, channels)](at::Tensor& patches,
                                                                       const Tokens& tokens) {
      patches = patches + embedding(tokens.height, tokens.width);
    };
    Stage tokens = vision_transformer::embedding(weights, channels, patch_of_dinov2, place);
    return vision_transformer::build_trunk(weights, std::move(tokens), shape, top_stage);
  };
  return a;
}

}  // namespace

std::vector<Architecture> dinov2_family() {
  return {dinov2("vit_small_patch14_reg4_dinov2", 384, 6),
          dinov2("vit_base_patch14_reg4_dinov2", 768, 12)};
}

}  // namespace mvga
