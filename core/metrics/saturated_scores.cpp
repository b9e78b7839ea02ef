// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/saturated_scores.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace mvga {
namespace {

/// The scores that lie in none of the defects.
std::vector<float> outside(const AnomalyMap& map, std::span<const SaturatedDefect> defects) {
  std::vector<float> scores;
  for (std::size_t i = 0; i < map.values.size(); ++i)
    if (std::none_of(defects.begin(), defects.end(),
                     [&](const SaturatedDefect& defect) { return defect.pixels[i] != 0; }))
      scores.push_back(map.values[i]);
  return scores;
}

/// The highest scores of a defect: as soon as they are above a threshold, it is found.
std::vector<float> deciding(const AnomalyMap& map, const SaturatedDefect& defect) {
  std::vector<float> scores;
  for (std::size_t i = 0; i < map.values.size(); ++i)
    if (defect.pixels[i] != 0) scores.push_back(map.values[i]);
  const auto end =
      scores.begin() + static_cast<std::ptrdiff_t>(std::min(defect.saturation, scores.size()));
  if (end != scores.end()) std::nth_element(scores.begin(), end, scores.end(), std::greater<>());
  scores.erase(end, scores.end());
  return scores;
}

}  // namespace

void SaturatedScores::add(const AnomalyMap& map, std::span<const SaturatedDefect> defects) {
  normal_.add(outside(map, defects));
  for (const SaturatedDefect& defect : defects) {
    const std::vector<float> scores = deciding(map, defect);
    defective_.add(scores, 1 / static_cast<double>(scores.size()));
  }
  defects_ += defects.size();
}

RankedScores SaturatedScores::rank() {
  const double weight = defects_ == 0 ? 1 : 1 / static_cast<double>(defects_);
  defects_ = 0;
  return {std::exchange(normal_, ScoreCounts(Weighted::no)),
          std::exchange(defective_, ScoreCounts(Weighted::yes)), weight};
}

}  // namespace mvga
