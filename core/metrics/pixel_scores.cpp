// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/pixel_scores.h"

#include <utility>
#include <vector>

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
  normal_.add(map.values);
}

void PixelScores::add(const AnomalyMap& map, std::span<const std::uint8_t> defect) {
  std::vector<float> normal;
  for (std::size_t i = 0; i < map.values.size(); ++i)
    if (defect[i] == 0) normal.push_back(map.values[i]);
  normal_.add(normal);

  ConnectedRuns connected = runs_of(defect, map.height, map.width);
  std::vector<std::vector<float>> defects(connected.number_regions());
  for (const Run& run : connected.runs())
    for (int x = run.left; x <= run.right; ++x) defects[run.region].push_back(map.at(run.row, x));
  for (const std::vector<float>& one : defects)
    defective_.add(one, 1 / static_cast<double>(one.size()));
  defects_ += defects.size();
}

RankedScores PixelScores::rank() {
  const double weight = defects_ == 0 ? 1 : 1 / static_cast<double>(defects_);
  defects_ = 0;
  return {std::exchange(normal_, ScoreCounts(Weighted::no)),
          std::exchange(defective_, ScoreCounts(Weighted::yes)), weight};
}

}  // namespace mvga
