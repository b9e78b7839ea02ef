// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A network that looks at each image once, however often it is asked about it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "core/base/content_hash.h"
#include "core/features/backbone.h"

namespace mvga::testing {

/// Keeps the features of every image (2 MB each with EfficientNet-B4). Not thread-safe.
class RememberingBackbone : public Backbone {
 public:
  explicit RememberingBackbone(std::shared_ptr<const Backbone> backbone)
      : backbone_(std::move(backbone)) {}

  const BackboneInfo& info() const override { return backbone_->info(); }

  Levels extract(const RgbView& image) const override {
    const auto [place, is_new] = seen_.try_emplace(key_of(image));
    if (is_new) place->second = backbone_->extract(image);
    return place->second;
  }

 private:
  static std::uint64_t key_of(const RgbView& image) {
    std::vector<std::uint8_t> pixels;
    for (int y = 0; y < image.height; ++y) {
      const std::uint8_t* row = image.data + y * image.stride;
      pixels.insert(pixels.end(), row, row + std::ptrdiff_t{3} * image.width);
    }
    return content_hash(pixels.data(), pixels.size());
  }

  std::shared_ptr<const Backbone> backbone_;
  mutable std::map<std::uint64_t, Levels> seen_;
};

/// Some of another backbone's levels: `info` is that of a backbone that has them alone.
class FewerLevels : public Backbone {
 public:
  FewerLevels(std::shared_ptr<const Backbone> all, BackboneInfo info)
      : all_(std::move(all)), info_(std::move(info)) {}

  const BackboneInfo& info() const override { return info_; }

  Levels extract(const RgbView& image) const override {
    Levels levels = all_->extract(image);
    std::erase_if(levels, [this](const FeatureMap& map) {
      return std::none_of(info_.levels.begin(), info_.levels.end(),
                          [&](const LevelShape& shape) { return shape.level == map.level; });
    });
    return levels;
  }

 private:
  std::shared_ptr<const Backbone> all_;
  BackboneInfo info_;
};

}  // namespace mvga::testing
