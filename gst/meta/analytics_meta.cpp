// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/meta/analytics_meta.h"

#include <gst/analytics/analytics.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "gst/frames/pixel_box.h"
#include "gst/meta/anomaly_meta.h"

namespace mvga::gst {
namespace {

// Of the class metadata and of the mask alike: a position of the mask holds the index.
enum ClassIndex { class_normal, class_anomaly, class_count };

using Ids = std::vector<guint>;

GQuark anomaly_quark() {
  return g_quark_from_string(kRegionTypeName);
}

Ids add_regions(GstAnalyticsRelationMeta* meta, const Detection& detection,
                const GstVideoInfo& info) {
  Ids ids;
  for (const Region& region : detection.regions) {
    const PixelRect at = pixels_of(region.box, info.width, info.height);
    const auto confidence = static_cast<gfloat>(detection.map_scale.confidence(region.peak));
    GstAnalyticsODMtd od;
    if (gst_analytics_relation_meta_add_od_mtd(meta, anomaly_quark(), at.x, at.y, at.width,
                                               at.height, confidence, &od))
      ids.push_back(od.id);
  }
  return ids;
}

std::optional<guint> add_classes(GstAnalyticsRelationMeta* meta, const Detection& detection) {
  const auto confidence = static_cast<gfloat>(detection.confidence());
  std::array<GQuark, class_count> classes{g_quark_from_string("normal"), anomaly_quark()};
  std::array<gfloat, class_count> confidences{1 - confidence, confidence};
  GstAnalyticsClsMtd cls;
  if (!gst_analytics_relation_meta_add_cls_mtd(meta, class_count, confidences.data(),
                                               classes.data(), &cls))
    return std::nullopt;
  return cls.id;
}

// Not GST_ANALYTICS_REL_TYPE_RELATE_TO: objectdetectionoverlay would label the region with the
// frame's first class.
void put_into(GstAnalyticsRelationMeta* meta, guint whole, const Ids& parts) {
  for (const guint part : parts) {
    gst_analytics_relation_meta_set_relation(meta, GST_ANALYTICS_REL_TYPE_CONTAIN, whole, part);
    gst_analytics_relation_meta_set_relation(meta, GST_ANALYTICS_REL_TYPE_IS_PART_OF, part, whole);
  }
}

#if GST_CHECK_VERSION(1, 26, 0)
// Rows without padding, for readers that do not ask for the stride.
GstBuffer* mask_of(const Detection& detection) {
  const std::vector<float>& values = detection.map.values;
  std::vector<guint8> mask(values.size());
  std::transform(values.begin(), values.end(), mask.begin(), [&](float value) {
    return value > detection.map_scale.threshold ? class_anomaly : class_normal;
  });
  const auto width = static_cast<guint>(detection.map.width);
  const auto height = static_cast<guint>(detection.map.height);
  const std::array<gsize, GST_VIDEO_MAX_PLANES> offsets{};
  const std::array<gint, GST_VIDEO_MAX_PLANES> strides{detection.map.width};
  GstBuffer* buffer = gst_buffer_new_memdup(mask.data(), mask.size());
  gst_buffer_add_video_meta_full(buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_GRAY8, width,
                                 height, 1, offsets.data(), strides.data());
  return buffer;
}

void add_mask(GstAnalyticsRelationMeta* meta, const Detection& detection, const GstVideoInfo& info,
              std::optional<guint> classes) {
  const PixelRect at = pixels_of(detection.roi, info.width, info.height);
  std::array<guint, class_count> region_ids{class_normal, class_anomaly};
  GstAnalyticsSegmentationMtd mask;
  if (gst_analytics_relation_meta_add_segmentation_mtd(
          meta, mask_of(detection), GST_SEGMENTATION_TYPE_SEMANTIC, class_count, region_ids.data(),
          at.x, at.y, static_cast<guint>(at.width), static_cast<guint>(at.height), &mask) &&
      classes)
    gst_analytics_relation_meta_set_relation(meta, GST_ANALYTICS_REL_TYPE_N_TO_N, mask.id,
                                             *classes);
}

constexpr guint kAttached = attach_score | attach_regions | attach_mask;
#else
void add_mask(GstAnalyticsRelationMeta*, const Detection&, const GstVideoInfo&,
              std::optional<guint>) {}

constexpr guint kAttached = attach_score | attach_regions;
#endif

}  // namespace

gint attach_analytics(GstBuffer* buffer, const Detection& detection, const GstVideoInfo& info,
                      guint attach) {
  if ((attach & kAttached) == 0) return 0;
  GstAnalyticsRelationMeta* meta = gst_buffer_add_analytics_relation_meta(buffer);
  if (meta == nullptr) return 0;
  const Ids regions = attach & attach_regions ? add_regions(meta, detection, info) : Ids{};
  std::optional<guint> classes;
  if (attach & attach_score) classes = add_classes(meta, detection);
  if (classes) put_into(meta, *classes, regions);
  if (attach & attach_mask) add_mask(meta, detection, info, classes);
  return regions.empty() ? 0 : static_cast<gint>(regions.front());
}

}  // namespace mvga::gst
