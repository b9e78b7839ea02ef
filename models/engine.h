// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The border between libmvga and the library that runs networks (libmvga-torch.so). Not installed:
// both sides are built together and check that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/features/backbone.h"

namespace mvga {

/// One tensor that a network takes from its weights file.
struct TensorSpec {
  std::string key;
  std::vector<std::int64_t> shape;
};

/// What the engine can do. Its functions throw Error and nothing else.
struct Engine {
  const char* version;  ///< of mvga, not of LibTorch
  std::shared_ptr<const Backbone> (*open)(const BackboneSettings& settings);
  std::vector<std::string> (*architectures)();

  /// The tensors that `architecture` needs for the levels up to `top_level`.
  std::vector<TensorSpec> (*required_tensors)(const std::string& architecture, int top_level);
  /// The features of an input of [3, size, size] that is normalised already, for a backbone that
  /// `open` returned. For tests.
  Levels (*extract_tensor)(const Backbone& backbone, std::span<const float> input);
  /// How many networks are in memory. For tests.
  std::size_t (*networks)();
  /// How many blocks of memory networks have taken from the system for tensors so far. For tests.
  std::size_t (*tensor_blocks)();
};

/// The engine; loaded with the first call and never unloaded (LibTorch does not survive that).
/// @throws Error not_found, engine
const Engine& engine();

}  // namespace mvga

/// The one symbol that is looked up in the engine.
extern "C" __attribute__((visibility("default"))) const mvga::Engine* mvga_engine();
