// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Few colours that go together, and fields painted with them.
#pragma once

#include <vector>

#include "models/distill/pictures/picture.h"
#include "models/distill/pictures/random.h"

namespace mvga::distill {

class Palette {
 public:
  /// Two to six colours: greys, shades of one hue, or anything.
  explicit Palette(Random& random);

  Colour any(Random& random) const {
    return colours_[random.below(static_cast<int>(colours_.size()))];
  }
  /// One of them, a little off.
  Colour near_any(Random& random) const;
  /// From the first colour at 0 to the last at 1.
  Colour at(float place) const;

 private:
  std::vector<Colour> colours_;
};

/// Every value of the field in its colour; `steps` of them, or smoothly for 0.
Picture painted(const Field& field, const Palette& palette, int steps = 0);

}  // namespace mvga::distill
