// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is kept of the test pictures of a category until all are tested.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/metrics/pixel_scores.h"
#include "core/metrics/saturated_scores.h"
#include "tools/evaluation/observer.h"
#include "tools/evaluation/result.h"

namespace mvga::tool {

struct TestScores {
  std::vector<float> images;
  std::vector<std::uint8_t> anomalous;
  PixelScores pixels;
  std::optional<SaturatedScores> saturated;  ///< where a part of a defect is enough
  std::size_t without_mask = 0;
  AtThreshold at_threshold;
  std::vector<ImageSeconds> seconds;

  void add(const TestedPicture& tested);
};

/// What images and pixels say, ranked.
struct RankedTest {
  RankedScores images;
  RankedScores pixels;
};

/// Fills in the metrics and what they are counted over.
RankedTest measure(TestScores& scores, CategoryResult& result);

/// @param images not empty
void set_times(const std::vector<ImageSeconds>& images, CategoryResult& result);

}  // namespace mvga::tool
