// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Backbones around a backbone, for studies that look at the same pictures again and again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/content_hash.h"
#include "core/features/backbone.h"
#include "core/light/light_changes.h"

namespace mvga::study {

/// Remembers the features of every picture until it is told to forget them. Takes some megabytes a
/// picture.
class RememberingBackbone : public Backbone {
 public:
  explicit RememberingBackbone(std::shared_ptr<const Backbone> inner) : inner_(std::move(inner)) {}

  const BackboneInfo& info() const override { return inner_->info(); }

  Levels extract(const RgbView& image) const override {
    const RgbImage plain = in_light(image, {});  // without padding
    const std::uint64_t key = content_hash(plain.pixels.data(), plain.pixels.size());
    const std::lock_guard lock(mutex_);
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    return known_.emplace(key, inner_->extract(image)).first->second;
  }

  void forget() {
    const std::lock_guard lock(mutex_);
    known_.clear();
  }

 private:
  std::shared_ptr<const Backbone> inner_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::uint64_t, Levels> known_;
};

/// Some of the levels of another backbone.
class ChosenLevels : public Backbone {
 public:
  /// @param info of the same network, opened with fewer levels
  ChosenLevels(std::shared_ptr<const Backbone> inner, BackboneInfo info)
      : inner_(std::move(inner)), info_(std::move(info)) {}

  const BackboneInfo& info() const override { return info_; }

  Levels extract(const RgbView& image) const override {
    Levels chosen;
    for (const FeatureMap& map : inner_->extract(image))
      for (const LevelShape& shape : info_.levels)
        if (shape.level == map.level) chosen.push_back(map);
    return chosen;
  }

 private:
  std::shared_ptr<const Backbone> inner_;
  BackboneInfo info_;
};

/// Sees every picture in another light.
class LitBackbone : public Backbone {
 public:
  LitBackbone(std::shared_ptr<const Backbone> inner, const Light& light)
      : inner_(std::move(inner)), light_(light) {}

  const BackboneInfo& info() const override { return inner_->info(); }
  Levels extract(const RgbView& image) const override {
    return inner_->extract(in_light(image, light_).view());
  }

 private:
  std::shared_ptr<const Backbone> inner_;
  Light light_;
};

}  // namespace mvga::study
