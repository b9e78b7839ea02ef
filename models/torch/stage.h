// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What networks are chains of, and what goes through them.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace mvga {

/// An image as a transformer has it: a vector for every patch of a grid, and before these some that
/// belong to the image as a whole (class token, registers).
struct Tokens {
  at::Tensor values;        ///< [N, prefix + height * width, channels]
  std::int64_t prefix = 0;  ///< how many are not of the grid
  std::int64_t height = 0;  ///< of the grid
  std::int64_t width = 0;   ///< of the grid
  /// Where the patches are, for networks that ask in every block (rotary embedding): made once for
  /// all of them, in a shape of the network's own. Undefined where it is in the values.
  at::Tensor positions;

  /// The grid's as a map, [N, channels, height, width], channels last, in the memory of `values`.
  at::Tensor map() const;
};

/// What a network hands on from stage to stage.
struct State {
  at::Tensor map;  ///< [N, channels, height, width]; the first stage gets the input here
  Tokens tokens;   ///< for networks that make some
};

/// A step of a network. Puts new tensors in the places of those that it has used up, and changes
/// none of them in place: they may be a level that was asked for.
using Stage = std::function<void(State&)>;

/// A stage that makes a map from the map before it.
template <typename F>
Stage map_stage(F next) {
  return [next = std::move(next)](State& state) { state.map = next(state.map); };
}

/// A network as its architecture builds it: stages with their weights in them.
struct Trunk {
  std::vector<Stage> stages;
  /// Reads the features that a stage has left off the state, [N, channels, height, width].
  std::function<at::Tensor(const State&)> features = [](const State& state) { return state.map; };
};

}  // namespace mvga
