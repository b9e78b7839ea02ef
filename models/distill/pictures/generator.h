// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Whole pictures, as a camera might see them, without a camera.
#pragma once

#include <cstdint>

#include "models/distill/pictures/picture.h"
#include "models/distill/pictures/reaction_diffusion.h"

namespace mvga::distill {

/// What a picture is mostly made of; the labels of the classification task.
enum class Kind {
  noise,
  ridges,
  wood,
  spots,
  cells,
  pattern,
  fractal,
  reaction,
  leaves,
  fibres,
  writing,
  print,
  part,
  parts,
};
constexpr int kinds = 14;

struct GeneratedPicture {
  Bytes bytes;
  Kind kind = Kind::noise;
};

/// Makes picture number `index` of a seed: always the same one. Safe to use from several threads.
class PictureGenerator {
 public:
  PictureGenerator(std::uint64_t seed, int size) : seed_(seed), size_(size), grown_(seed) {}

  GeneratedPicture make(std::uint64_t index) const;

 private:
  std::uint64_t seed_;
  int size_;
  ReactionDiffusion grown_;
};

}  // namespace mvga::distill
