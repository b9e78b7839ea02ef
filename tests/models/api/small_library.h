// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The library at a size at which tests are fast.
#pragma once

#include <mvga/mvga.h>

#include "tests/models/api/own_image.h"

namespace mvga::testing {

/// Of the network's input: small, and so fast.
inline constexpr int kSide = 64;
inline constexpr int kImages = 12;
/// With it results are the same every time.
inline const v1::NetworkSettings kOneThread{.threads = 1};

inline v1::LearnSettings small() {
  v1::LearnSettings settings;
  settings.input_size = kSide;
  return settings;
}

/// Has seen kImages normal images.
inline v1::Learner learned(const v1::LearnSettings& settings, int width = kSide,
                           int height = kSide) {
  v1::Learner learner(settings, kOneThread);
  for (unsigned seed = 0; seed < kImages; ++seed)
    learner.add(normal_image(width, height, seed).image());
  return learner;
}

/// A normal image with a red patch, right of its middle.
inline OwnImage anomalous(int width = kSide, int height = kSide) {
  OwnImage image = normal_image(width, height, 100);
  paint(image, width / 2, height / 4, width / 4, height / 4);
  return image;
}

}  // namespace mvga::testing
