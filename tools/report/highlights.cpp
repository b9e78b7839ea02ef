// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/report/highlights.h"

namespace mvga::tool {
namespace {

std::optional<double> covered_share(const TestedPicture& tested) {
  if (!tested.mask) return std::nullopt;
  std::size_t marked = 0;
  std::size_t above = 0;
  for (std::size_t i = 0; i < tested.mask->defect.size(); ++i) {
    if (tested.mask->defect[i] == 0) continue;
    ++marked;
    if (tested.map.values[i] > tested.detection.map_scale.threshold) ++above;
  }
  if (marked == 0) return std::nullopt;
  return static_cast<double>(above) / static_cast<double>(marked);
}

Highlight highlight(const TestedPicture& tested) {
  Highlight shown{tested.picture, tested.detection, covered_share(tested)};
  if (!tested.mask) shown.picture.mask.reset();  // it may be there and not fit
  return shown;
}

}  // namespace

void Highlights::add(const TestedPicture& tested) {
  KindHighlights& kind = kinds_[tested.picture.kind];
  ++kind.pictures;
  if (tested.detection.anomalous) ++kind.anomalous;
  const double score = tested.detection.score;
  if (!kind.highest) {
    kind.highest = highlight(tested);
  } else if (score > kind.highest->detection.score) {
    // What was the highest of all may be the lowest, too.
    if (!kind.lowest) kind.lowest = kind.highest;
    kind.highest = highlight(tested);
  } else if (!kind.lowest || score < kind.lowest->detection.score) {
    kind.lowest = highlight(tested);
  }
}

}  // namespace mvga::tool
