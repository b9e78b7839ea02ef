// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect says of the time that it takes.
#pragma once

#include <gst/gst.h>

namespace mvga::benchmarks {

/// Milliseconds of one frame.
struct Cost {
  double convert = 0, backbone = 0, score = 0, draw = 0, all = 0;

  double rest() const { return all - convert - backbone - score - draw; }
  double besides() const { return all - backbone; }
};

/// Reads the element's stages, frame by frame, from the totals that it reports.
class StageReader {
 public:
  explicit StageReader(GstElement* element) : element_(element) {}

  Cost read() {
    GstStructure* stats = nullptr;
    g_object_get(element_, "stats", &stats, nullptr);
    Cost totals;
    gst_structure_get(stats, "convert-total-ms", G_TYPE_DOUBLE, &totals.convert,
                      "backbone-total-ms", G_TYPE_DOUBLE, &totals.backbone, "score-total-ms",
                      G_TYPE_DOUBLE, &totals.score, "draw-total-ms", G_TYPE_DOUBLE, &totals.draw,
                      nullptr);
    gst_structure_free(stats);
    const Cost cost{totals.convert - last_.convert, totals.backbone - last_.backbone,
                    totals.score - last_.score, totals.draw - last_.draw};
    last_ = totals;
    return cost;
  }

 private:
  GstElement* element_;
  Cost last_;
};

}  // namespace mvga::benchmarks
