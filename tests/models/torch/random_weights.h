// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Weights for tests: random, small where wanted, and the same on every machine.
//
//   const fs::path file = folder / "w.safetensors";
//   random_weights("resnet18", 1).write(file);   // enough for the levels 0 and 1: 0.9 MB
//
// A test of what happens with bad weights changes `tensors` in between.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "models/engine.h"

namespace mvga::testing {

/// Like std::mt19937 with std::normal_distribution, but the latter differs between standard
/// libraries.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}
  /// Uniform in [low, high).
  float uniform(float low, float high) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return low + (high - low) * static_cast<float>(state_ >> 40) * 0x1p-24f;
  }
  /// Mean 0; the sum of three uniform numbers is normal enough.
  float normal(float deviation) {
    return 2 * deviation * (uniform(-0.5f, 0.5f) + uniform(-0.5f, 0.5f) + uniform(-0.5f, 0.5f));
  }

 private:
  std::uint64_t state_;
};

struct WeightTensor {
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

struct RandomWeights {
  std::string architecture;  ///< for the metadata; empty: none
  std::map<std::string, WeightTensor> tensors;

  std::vector<std::byte> bytes() const {
    SafetensorsWriter writer;
    if (!architecture.empty()) writer.set_metadata("architecture", architecture);
    for (const auto& [key, tensor] : tensors) {
      writer.add(key, DType::f32, tensor.shape, std::as_bytes(std::span(tensor.values)));
    }
    return writer.bytes();
  }
  void write(const std::filesystem::path& path) const { write_file_atomically(path, bytes()); }
};

/// Values for the tensors, scaled so that activations neither die out nor explode, and with batch
/// norms that do something.
inline RandomWeights random_weights(const std::string& architecture,
                                    const std::vector<TensorSpec>& tensors,
                                    std::uint64_t seed = 1) {
  Random random(seed);
  RandomWeights weights{architecture, {}};
  for (const TensorSpec& spec : tensors) {
    std::size_t count = 1;
    for (std::int64_t size : spec.shape) count *= static_cast<std::size_t>(size);
    const std::string_view key = spec.key;
    const bool is_convolution = spec.shape.size() == 4;
    const float fan_in = static_cast<float>(count) / static_cast<float>(spec.shape[0]);
    WeightTensor tensor{spec.shape, std::vector<float>(count)};
    for (float& value : tensor.values) {
      if (is_convolution) {
        value = random.normal(std::sqrt(2.0f / fan_in));
      } else if (key.ends_with(".running_var") || key.ends_with(".weight")) {
        value = random.uniform(0.5f, 1.5f);
      } else {
        value = random.normal(0.1f);
      }
    }
    weights.tensors.emplace(spec.key, std::move(tensor));
  }
  return weights;
}

/// Weights of the architecture for the levels 0 to `top_level`.
inline RandomWeights random_weights(const std::string& architecture, int top_level,
                                    std::uint64_t seed = 1) {
  return random_weights(architecture, engine().required_tensors(architecture, top_level), seed);
}

}  // namespace mvga::testing
