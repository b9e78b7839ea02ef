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

/// Reads the element's stages, frame by frame, from the means that it reports.
class StageReader {
 public:
  explicit StageReader(GstElement* element) : element_(element) {}

  Cost read() {
    GstStructure* stats = nullptr;
    g_object_get(element_, "stats", &stats, nullptr);
    const Cost sums = {sum(stats, "convert-ms", false), sum(stats, "backbone-ms", false),
                       sum(stats, "score-ms", false), sum(stats, "draw-ms", true)};
    gst_structure_free(stats);
    const Cost cost{sums.convert - last_.convert, sums.backbone - last_.backbone,
                    sums.score - last_.score, sums.draw - last_.draw};
    last_ = sums;
    return cost;
  }
  void count_drawn() { ++drawn_; }

 private:
  double sum(const GstStructure* stats, const char* field, bool only_drawn) const {
    guint64 inferred = 0;
    gdouble mean = 0;
    gst_structure_get(stats, "inferred", G_TYPE_UINT64, &inferred, field, G_TYPE_DOUBLE, &mean,
                      nullptr);
    return mean * static_cast<double>(only_drawn ? drawn_ : inferred);
  }

  GstElement* element_;
  guint64 drawn_ = 0;
  Cost last_;
};

}  // namespace mvga::benchmarks
