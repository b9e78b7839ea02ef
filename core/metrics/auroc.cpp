// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/auroc.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace mvga {

double auroc(std::span<const float> scores, std::span<const std::uint8_t> positive) {
  std::vector<float> positives;
  std::vector<float> negatives;
  for (std::size_t i = 0; i < scores.size(); ++i)
    (positive[i] != 0 ? positives : negatives).push_back(scores[i]);
  if (positives.empty() || negatives.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(positives.begin(), positives.end());
  std::sort(negatives.begin(), negatives.end());

  // Twice the number of (positive, negative) pairs in the right order: an integer, so exact.
  std::uint64_t twice_won = 0;
  std::size_t below = 0;
  std::size_t up_to = 0;
  for (const float score : positives) {
    while (below < negatives.size() && negatives[below] < score) ++below;
    while (up_to < negatives.size() && negatives[up_to] <= score) ++up_to;
    twice_won += below + up_to;
  }
  return static_cast<double>(twice_won) / 2 / static_cast<double>(positives.size()) /
         static_cast<double>(negatives.size());
}

}  // namespace mvga
