// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is kept of the test pictures of a category until all are tested.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/metrics/pixel_scores.h"
#include "tools/evaluation/observer.h"
#include "tools/evaluation/result.h"

namespace mvga::tool {

struct TestScores {
  std::vector<float> images;
  std::vector<std::uint8_t> anomalous;
  PixelScores pixels;
  std::size_t without_mask = 0;
  AtThreshold at_threshold;
  std::vector<ImageSeconds> seconds;

  void add(const TestedPicture& tested);
};

/// @param images not empty
void set_times(const std::vector<ImageSeconds>& images, CategoryResult& result);

}  // namespace mvga::tool
