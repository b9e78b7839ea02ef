// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/open_backbone.h"

#include <utility>

#include "core/features/tiled_backbone.h"
#include "core/features/tiling.h"
#include "models/engine.h"

namespace mvga {
namespace {

/// What suits the architecture need not divide into whole cells (EfficientNet-B4's 380 pixels):
/// then the next size that does.
std::shared_ptr<const Backbone> open_for_tiles(BackboneSettings settings) {
  constexpr int kMultiple = 32;  // of the strides of all convolutional networks
  std::shared_ptr<const Backbone> network = engine().open(settings);
  if (settings.input_size != 0 || can_be_tiled(network->info().input_size, network->info().levels))
    return network;
  settings.input_size = (network->info().input_size + kMultiple - 1) / kMultiple * kMultiple;
  return engine().open(settings);
}

}  // namespace

std::shared_ptr<const Backbone> open_backbone(const BackboneSettings& settings) {
  if (settings.tiles <= 1) return engine().open(settings);
  return std::make_shared<TiledBackbone>(open_for_tiles(settings), settings.tiles);
}

std::shared_ptr<const Backbone> open_backbone_for(const BackboneSettings& settings, int pixels) {
  std::shared_ptr<const Backbone> network = open_for_tiles(settings);
  const BackboneInfo& info = network->info();
  const int tiles = tiles_for(pixels, info.input_size, info.levels);
  if (tiles == 1) return engine().open(settings);
  return std::make_shared<TiledBackbone>(std::move(network), tiles);
}

std::vector<std::string> known_architectures() {
  return engine().architectures();
}

}  // namespace mvga
