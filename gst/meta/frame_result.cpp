// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/meta/frame_result.h"

namespace mvga::gst {
const char* name_of(FrameStatus status) {
  switch (status) {
    case FrameStatus::fresh:
      return "fresh";
    case FrameStatus::held:
      return "held";
    case FrameStatus::skipped:
      return "skipped";
    case FrameStatus::error:
      return "error";
    case FrameStatus::learning:
      return "learning";
    case FrameStatus::corrupted:
      return "corrupted";
  }
  return "error";
}

Structure region_structure(const Region& region, const MapScale& scale) {
  const Box& b = region.box;
  return Structure(gst_structure_new("mvga-region", "x", G_TYPE_DOUBLE, b.x, "y", G_TYPE_DOUBLE,
                                     b.y, "width", G_TYPE_DOUBLE, b.width, "height", G_TYPE_DOUBLE,
                                     b.height, "area", G_TYPE_DOUBLE, region.area, "peak",
                                     G_TYPE_DOUBLE, static_cast<double>(region.peak), "confidence",
                                     G_TYPE_DOUBLE, scale.confidence(region.peak), nullptr));
}

void set_regions(GstStructure* structure, const std::vector<Region>& regions,
                 const MapScale& scale) {
  const Structure list(gst_structure_new_empty("mvga-regions"));
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const Structure region = region_structure(regions[i], scale);
    gst_structure_set(list.get(), ("region-" + std::to_string(i)).c_str(), GST_TYPE_STRUCTURE,
                      region.get(), nullptr);
  }
  gst_structure_set(structure, "n-regions", G_TYPE_UINT, static_cast<guint>(regions.size()),
                    "regions", GST_TYPE_STRUCTURE, list.get(), nullptr);
}

void describe(GstStructure* structure, const FrameResult& result) {
  gst_structure_set(structure, "schema", G_TYPE_INT, kSchema, "status", G_TYPE_STRING,
                    name_of(result.status), "model-id", G_TYPE_STRING, result.model_id.c_str(),
                    "event-id", G_TYPE_UINT64, result.event_id, nullptr);
  if (result.learning)
    gst_structure_set(structure, "learned-frames", G_TYPE_UINT64, result.learning->learned,
                      "learn-frames", G_TYPE_UINT64, result.learning->wanted, nullptr);
  if (!result.detection) return;
  const Detection& d = *result.detection;
  gst_structure_set(structure, "score", G_TYPE_DOUBLE, d.score, "threshold", G_TYPE_DOUBLE,
                    d.threshold, "p-value", G_TYPE_DOUBLE, d.p_value, "anomalous", G_TYPE_BOOLEAN,
                    static_cast<gboolean>(d.anomalous), "result-pts", G_TYPE_UINT64,
                    result.result_pts, "age", G_TYPE_UINT64, result.age, "inference-time",
                    G_TYPE_UINT64, result.inference_time, nullptr);
}

}  // namespace mvga::gst
