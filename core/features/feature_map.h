// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a backbone makes of an image: one map of feature vectors for each level.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace mvga {

/// The features of one level. Position (y, x) holds `channels` numbers next to each other.
struct FeatureMap {
  int level = 0;
  int channels = 0;
  int height = 0;
  int width = 0;
  std::shared_ptr<const float> values;  ///< [height, width, channels]; keeps its storage alive
  /// What the level says on average, if that is not the mean over the positions (average_vector.h).
  std::vector<float> average = {};

  std::size_t positions() const { return static_cast<std::size_t>(height) * width; }
  std::span<const float> position(std::size_t index) const {
    return {values.get() + index * channels, static_cast<std::size_t>(channels)};
  }
};

/// In ascending order of level.
using Levels = std::vector<FeatureMap>;

}  // namespace mvga
