// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the fuzzers change: learned from a few small pictures.
#pragma once

#include <memory>

#include "core/learning/learner.h"
#include "tests/core/learning/fake_backbone.h"

namespace mvga::fuzz {

inline void learn(Learner& learner, unsigned pictures) {
  for (unsigned i = 0; i < pictures; ++i) learner.add(test::view_of(test::normal_picture(i)));
}

}  // namespace mvga::fuzz
