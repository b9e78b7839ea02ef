// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A backbone small enough to reason about, and pictures for it.
#pragma once

#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/features/backbone.h"

namespace mvga::test {

/// Two levels of a 32 x 32 picture: 6 channels on 8 x 8 positions and 12 on 4 x 4. A feature is a
/// fixed random combination of the pixels under its position.
class FakeBackbone : public Backbone {
 public:
  static constexpr int kSide = 32;

  FakeBackbone() {
    info_.architecture = "fake";
    info_.weights = "/weights/fake.safetensors";
    info_.weights_sha256 = std::string(64, 'a');
    info_.input_size = kSide;
    info_.levels = {{1, 6, 8, 8}, {2, 12, 4, 4}};
    info_.map_levels = {1, 2};
    info_.reduction = DefaultReduction::opposite_pca;
    info_.device = "cpu";
  }

  const BackboneInfo& info() const override { return info_; }
  BackboneInfo& change() { return info_; }

  Levels extract(const RgbView& image) const override {
    ++extracted;
    Levels levels;
    for (const LevelShape& shape : info_.levels) levels.push_back(features(image, shape));
    return levels;
  }

  mutable std::atomic<int> extracted = 0;

 private:
  static FeatureMap features(const RgbView& image, const LevelShape& shape) {
    const int cell = kSide / shape.height;
    const int inputs = 3 * cell * cell;
    std::mt19937 random(static_cast<unsigned>(shape.level));
    std::vector<double> weights(static_cast<std::size_t>(inputs * shape.channels));
    for (double& w : weights) w = static_cast<double>(random()) / 4294967296.0 - 0.4;
    auto values = std::make_shared<std::vector<float>>();
    for (int y = 0; y < shape.height; ++y) {
      for (int x = 0; x < shape.width; ++x) {
        for (int c = 0; c < shape.channels; ++c) {
          double sum = 0;
          for (int i = 0; i < inputs; ++i) {
            const std::uint8_t* row = image.data + (y * cell + i / (3 * cell)) * image.stride;
            sum += weights[static_cast<std::size_t>(c * inputs + i)] *
                   row[3 * x * cell + i % (3 * cell)];
          }
          values->push_back(static_cast<float>(sum / (255 * cell)));
        }
      }
    }
    return {shape.level, shape.channels, shape.height, shape.width,
            std::shared_ptr<const float>(values, values->data())};
  }

  BackboneInfo info_;
};

using Pixels = std::vector<std::uint8_t>;

/// Grey noise; from picture to picture the light changes a little.
inline Pixels normal_picture(unsigned seed) {
  std::mt19937 random(seed);
  const int light = 110 + static_cast<int>(random() % 20);
  Pixels pixels(3 * FakeBackbone::kSide * FakeBackbone::kSide);
  for (std::uint8_t& v : pixels)
    v = static_cast<std::uint8_t>(light + static_cast<int>(random() % 24));
  return pixels;
}

/// The first `count` of them.
inline std::vector<Pixels> normal_pictures(unsigned count) {
  std::vector<Pixels> pictures;
  for (unsigned i = 0; i < count; ++i) pictures.push_back(normal_picture(i));
  return pictures;
}

/// Paints a white square with its top left corner at (x, y).
inline void paint_square(Pixels& pixels, int x, int y, int side) {
  for (int r = y; r < y + side; ++r)
    for (int i = 3 * x; i < 3 * (x + side); ++i)
      pixels[static_cast<std::size_t>(r * 3 * FakeBackbone::kSide + i)] = 255;
}

inline RgbView view_of(const Pixels& pixels) {
  return {pixels.data(), FakeBackbone::kSide, FakeBackbone::kSide, 3 * FakeBackbone::kSide};
}

}  // namespace mvga::test
