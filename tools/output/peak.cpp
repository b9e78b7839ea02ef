// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/peak.h"

#include <algorithm>

namespace mvga::tool {

Peak peak_of(const Detection& detection) {
  const AnomalyMap& map = detection.map;
  const auto highest = std::max_element(map.values.begin(), map.values.end());
  const auto cell = static_cast<int>(highest - map.values.begin());
  const int column = cell % map.width;
  const int row = cell / map.width;
  const Box& roi = detection.roi;
  return {*highest, roi.x + roi.width * (column + 0.5) / map.width,
          roi.y + roi.height * (row + 0.5) / map.height};
}

}  // namespace mvga::tool
