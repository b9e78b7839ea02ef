// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What stands behind a result of the interface.
#pragma once

#include <mvga/result.h>

#include <utility>
#include <vector>

#include "core/scoring/detection.h"

namespace mvga::v1 {

inline Box box_from(const mvga::Box& box) {
  return {box.x, box.y, box.width, box.height};
}

struct Result::Data {
  double score;
  double threshold;
  bool anomalous;
  double p_value;
  double confidence;
  Map map;
  std::vector<Region> regions;

  explicit Data(mvga::Detection&& detection)
      : score(detection.score),
        threshold(detection.threshold),
        anomalous(detection.anomalous),
        p_value(detection.p_value),
        confidence(detection.confidence()),
        map{detection.map.width,     detection.map.height,       std::move(detection.map.values),
            box_from(detection.roi), detection.map_scale.normal, detection.map_scale.threshold} {
    for (const mvga::Region& region : detection.regions)
      regions.push_back({box_from(region.box), region.area, region.peak,
                         detection.map_scale.confidence(region.peak)});
  }
};

}  // namespace mvga::v1
