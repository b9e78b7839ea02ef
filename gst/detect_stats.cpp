// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect_stats.h"

namespace mvga::gst {

GstStructure* DetectStats::to_structure() const {
  return gst_structure_new(
      "mvga-stats", "frames", G_TYPE_UINT64, frames, "inferred", G_TYPE_UINT64, inferred, "held",
      G_TYPE_UINT64, held, "skipped", G_TYPE_UINT64, skipped, "failed", G_TYPE_UINT64, failed,
      "learning", G_TYPE_UINT64, learning, "events", G_TYPE_UINT64, events, "convert-ms",
      G_TYPE_DOUBLE, convert.mean_ms(), "convert-max-ms", G_TYPE_DOUBLE, convert.largest_ms(),
      "backbone-ms", G_TYPE_DOUBLE, backbone.mean_ms(), "backbone-max-ms", G_TYPE_DOUBLE,
      backbone.largest_ms(), "score-ms", G_TYPE_DOUBLE, score.mean_ms(), "score-max-ms",
      G_TYPE_DOUBLE, score.largest_ms(), "draw-ms", G_TYPE_DOUBLE, draw.mean_ms(), "draw-max-ms",
      G_TYPE_DOUBLE, draw.largest_ms(), nullptr);
}

}  // namespace mvga::gst
