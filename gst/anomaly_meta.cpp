// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/anomaly_meta.h"

#include <algorithm>
#include <cmath>

namespace mvga::gst {
namespace {

constexpr int kAnomalyLabelId = 1;

struct Span {
  guint start;
  guint length;
};

/// Fractions of the frame in whole pixels: at least one, however small the frame is.
Span pixels(double start, double length, int size) {
  const long first = std::clamp(std::lround(start * size), 0L, size - 1L);
  const long end = std::clamp(std::lround((start + length) * size), first + 1, long{size});
  return {static_cast<guint>(first), static_cast<guint>(end - first)};
}

}  // namespace

void register_anomaly_meta() {
  // Another copy of this plugin in the process may have been first.
  if (gst_meta_get_info(kAnomalyMetaName) != nullptr) return;
  static const gchar* no_tags[] = {nullptr};
  gst_meta_register_custom(kAnomalyMetaName, no_tags, nullptr, nullptr, nullptr);
}

void attach_anomaly_meta(GstBuffer* buffer, const FrameResult& result) {
  if (GstCustomMeta* old = gst_buffer_get_custom_meta(buffer, kAnomalyMetaName))
    gst_buffer_remove_meta(buffer, reinterpret_cast<GstMeta*>(old));
  GstCustomMeta* meta = gst_buffer_add_custom_meta(buffer, kAnomalyMetaName);
  if (meta != nullptr) describe(gst_custom_meta_get_structure(meta), result);
}

void attach_region_metas(GstBuffer* buffer, const Detection& detection, const GstVideoInfo& info) {
  gint id = 0;
  for (const Region& region : detection.regions) {
    const Box& b = region.box;
    const Span x = pixels(b.x, b.width, info.width);
    const Span y = pixels(b.y, b.height, info.height);
    GstVideoRegionOfInterestMeta* roi = gst_buffer_add_video_region_of_interest_meta(
        buffer, kRegionTypeName, x.start, y.start, x.length, y.length);
    roi->id = id++;
    const double confidence =
        std::clamp(static_cast<double>(detection.map_scale.normalised(region.peak)), 0.0, 1.0);
    gst_video_region_of_interest_meta_add_param(
        roi, gst_structure_new("detection", "x_min", G_TYPE_DOUBLE, b.x, "y_min", G_TYPE_DOUBLE,
                               b.y, "x_max", G_TYPE_DOUBLE, b.x + b.width, "y_max", G_TYPE_DOUBLE,
                               b.y + b.height, "confidence", G_TYPE_DOUBLE, confidence, "label_id",
                               G_TYPE_INT, kAnomalyLabelId, nullptr));
  }
}

}  // namespace mvga::gst
