// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Patterns that grow: Gray and Scott's reaction of two substances that diffuse.
#pragma once

#include <cstdint>
#include <vector>

#include "models/distill/pictures/picture.h"
#include "models/distill/pictures/random.h"

namespace mvga::distill {

/// Growing one takes a third of a second, so some are grown at the start and cut from ever after.
class ReactionDiffusion {
 public:
  explicit ReactionDiffusion(std::uint64_t seed);

  /// A turned, scaled, bent part of one of them.
  Field part(Random& random, int size) const;

 private:
  std::vector<Field> grown_;  ///< in [0, 1]; they repeat like tiles
};

}  // namespace mvga::distill
