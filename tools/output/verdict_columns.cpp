// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/output/verdict_columns.h"

#include "tools/output/csv.h"
#include "tools/output/peak.h"

namespace mvga::tool {

std::string verdict_cells(const Detection& detection) {
  const Peak peak = peak_of(detection);
  std::string cells;
  for (const double value : {detection.score, detection.threshold, detection.p_value})
    cells += csv_number(value) + ",";
  cells += detection.anomalous ? "1" : "0";
  for (const double value : {static_cast<double>(peak.value), peak.x, peak.y,
                             static_cast<double>(detection.map_scale.threshold)})
    cells.append(",").append(csv_number(value));
  return cells + "," + std::to_string(detection.regions.size());
}

}  // namespace mvga::tool
