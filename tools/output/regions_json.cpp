// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/regions_json.h"

namespace mvga::tool {

nlohmann::ordered_json regions_json(const std::vector<Region>& regions) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const Region& r : regions)
    array.push_back({{"x", r.box.x},
                     {"y", r.box.y},
                     {"width", r.box.width},
                     {"height", r.box.height},
                     {"area", r.area},
                     {"peak", r.peak}});
  return array;
}

}  // namespace mvga::tool
