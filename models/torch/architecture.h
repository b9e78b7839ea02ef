// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The networks that the engine knows. A new one is a new file beside efficientnet.cpp that
// registers itself; nothing else changes.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <string>
#include <vector>

#include "core/features/backbone.h"

namespace mvga {

class WeightsReader;

/// Makes a level from the level below it; the first one makes level 0 from the input [N, 3, S, S].
/// Never changes its input, which may be a level that was asked for.
using Stage = std::function<at::Tensor(const at::Tensor&)>;

struct Architecture {
  std::string name;  ///< timm's
  int input_size = 224;
  int levels = 0;  ///< how many there are; they are numbered from 0
  std::vector<int> paper_levels;
  std::vector<int> map_levels;  ///< whose maps localise best together
  DefaultReduction reduction = DefaultReduction::none;
  /// The largest batch that is worth it on the CPU: where activations outgrow the cache, several
  /// pictures at once take longer than one after the other (tests/benchmarks).
  int cpu_batch = 1;
  /// Builds the stages up to and including `top_level` and takes the weights of those, no others.
  std::function<std::vector<Stage>(WeightsReader& weights, int top_level)> build;
};

/// An object of this type with static lifetime makes architectures known.
struct RegisterArchitectures {
  explicit RegisterArchitectures(std::vector<Architecture> architectures);
};

/// @throws Error settings; the text lists the known ones
const Architecture& find_architecture(const std::string& name);

/// In alphabetical order.
std::vector<std::string> architecture_names();

}  // namespace mvga
