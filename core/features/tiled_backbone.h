// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A network that sees large images at their own size, tile by tile.
#pragma once

#include <memory>

#include "core/features/backbone.h"
#include "core/features/tiling.h"

namespace mvga {

/// Takes images of Tiling::side() and gives the maps of all tiles as one map a level. What a level
/// says on average is of the image as a whole, scaled down to the network's input: what is wrong
/// with the whole does not show in a tile.
class TiledBackbone : public Backbone {
 public:
  /// @param tiles 2 to kMostTiles in a row
  /// @throws Error settings as tiling_of
  TiledBackbone(std::shared_ptr<const Backbone> network, int tiles);

  const BackboneInfo& info() const override { return info_; }
  Levels extract(const RgbView& image) const override;

 private:
  void check(const RgbView& image) const;

  std::shared_ptr<const Backbone> network_;
  Tiling tiling_;
  BackboneInfo info_;
};

}  // namespace mvga
