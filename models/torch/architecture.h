// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The networks that the engine knows. How one is added: models/README.md.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/features/backbone.h"
#include "models/torch/normalisation.h"
#include "models/torch/stage.h"

namespace mvga {

class WeightsReader;

/// The square images that a network takes.
struct InputFormat {
  int size = 224;    ///< of a side in pixels, when the user names none
  int multiple = 1;  ///< every size has to be one of it: a transformer's patch
  Normalisation normalisation = imagenet;
};

/// Of which stages' features, ascending, a level is the mean. Mostly of one.
using LevelStages = std::vector<int>;

struct Architecture {
  std::string name;  ///< timm's
  InputFormat input;
  std::vector<LevelStages> levels;  ///< numbered from 0
  std::vector<int> paper_levels;
  std::vector<int> map_levels;  ///< whose maps localise best together
  DefaultReduction reduction = DefaultReduction::none;
  /// The largest batch that is worth it on the CPU: where activations outgrow the cache, several
  /// images at once take longer than one after the other (tests/benchmarks).
  int cpu_batch = 1;
  /// Builds the stages up to and including `top_stage` and takes the weights of those, no others.
  std::function<Trunk(WeightsReader& weights, int top_stage)> build;

  /// The last stage that the levels up to and including `top_level` need.
  int top_stage(int top_level) const;
};

/// Every stage's features are a level.
std::vector<LevelStages> a_level_for_each(int stages);

/// @throws Error settings; the text lists the known ones
const Architecture& find_architecture(const std::string& name);

/// In alphabetical order.
std::vector<std::string> architecture_names();

}  // namespace mvga
