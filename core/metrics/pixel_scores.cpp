// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/pixel_scores.h"

#include <utility>

#include "core/scoring/connected_runs.h"

namespace mvga {
namespace {

ConnectedRuns runs_of(std::span<const std::uint8_t> defect, int height, int width) {
  ConnectedRuns runs;
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* row = defect.data() + static_cast<std::size_t>(y) * width;
    for (int x = 0; x < width; ++x) {
      if (row[x] == 0) continue;
      const int left = x;
      while (x < width && row[x] != 0) ++x;
      runs.add(left, x - 1);
    }
    runs.end_row();
  }
  return runs;
}

}  // namespace

void PixelScores::add(const AnomalyMap& map) {
  normal_.insert(normal_.end(), map.values.begin(), map.values.end());
}

void PixelScores::add(const AnomalyMap& map, std::span<const std::uint8_t> defect) {
  for (std::size_t i = 0; i < map.values.size(); ++i)
    if (defect[i] == 0) normal_.push_back(map.values[i]);

  ConnectedRuns connected = runs_of(defect, map.height, map.width);
  std::vector<std::size_t> pixels(connected.number_regions());
  for (const Run& run : connected.runs())
    pixels[run.region] += static_cast<std::size_t>(run.right - run.left + 1);
  for (const Run& run : connected.runs()) {
    const double weight = 1 / static_cast<double>(pixels[run.region]);
    for (int x = run.left; x <= run.right; ++x) defective_.push_back({map.at(run.row, x), weight});
  }
  defects_ += pixels.size();
}

RankedScores PixelScores::rank() {
  for (WeightedScore& pixel : defective_) pixel.weight /= static_cast<double>(defects_);
  defects_ = 0;
  return {std::exchange(normal_, {}), std::exchange(defective_, {})};
}

}  // namespace mvga
