// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/detect/relation_meta.h"

#include <algorithm>
#include <stdexcept>

namespace mvga::testing {
namespace {

template <typename Mtd, typename Read>
std::vector<Mtd> all_of(GstBuffer* buffer, GstAnalyticsMtdType type, Read read) {
  std::vector<Mtd> all;
  GstAnalyticsRelationMeta* meta = gst_buffer_get_analytics_relation_meta(buffer);
  if (meta == nullptr) return all;
  gpointer state = nullptr;
  GstAnalyticsMtd mtd;
  while (gst_analytics_relation_meta_iterate(meta, &state, type, &mtd)) all.push_back(read(mtd));
  return all;
}

ObjectMtd read_object(GstAnalyticsMtd& mtd) {
  ObjectMtd object;
  object.id = mtd.id;
  object.type = g_quark_to_string(gst_analytics_od_mtd_get_obj_type(&mtd));
  GstVideoRectangle& box = object.box;
  gst_analytics_od_mtd_get_location(&mtd, &box.x, &box.y, &box.w, &box.h, &object.confidence);
  return object;
}

ClassMtd read_classes(GstAnalyticsMtd& mtd) {
  ClassMtd classes;
  classes.id = mtd.id;
  for (gsize i = 0; i < gst_analytics_cls_mtd_get_length(&mtd); ++i) {
    classes.names.emplace_back(g_quark_to_string(gst_analytics_cls_mtd_get_quark(&mtd, i)));
    classes.confidences.push_back(gst_analytics_cls_mtd_get_level(&mtd, i));
  }
  return classes;
}

}  // namespace

float ClassMtd::confidence_in(const std::string& name) const {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw std::runtime_error("no class " + name);
  return confidences[static_cast<std::size_t>(found - names.begin())];
}

std::vector<ObjectMtd> objects_of(GstBuffer* buffer) {
  return all_of<ObjectMtd>(buffer, gst_analytics_od_mtd_get_mtd_type(), read_object);
}

std::vector<ClassMtd> classes_of(GstBuffer* buffer) {
  return all_of<ClassMtd>(buffer, gst_analytics_cls_mtd_get_mtd_type(), read_classes);
}

GstAnalyticsRelTypes relation(GstBuffer* buffer, guint first, guint second) {
  GstAnalyticsRelationMeta* meta = gst_buffer_get_analytics_relation_meta(buffer);
  if (meta == nullptr) return GST_ANALYTICS_REL_TYPE_NONE;
  return gst_analytics_relation_meta_get_relation(meta, first, second);
}

#if GST_CHECK_VERSION(1, 26, 0)
namespace {

MaskMtd read_mask(GstAnalyticsMtd& mtd) {
  MaskMtd mask;
  mask.id = mtd.id;
  guint width = 0;
  guint height = 0;
  GstBuffer* buffer =
      gst_analytics_segmentation_mtd_get_mask(&mtd, &mask.box.x, &mask.box.y, &width, &height);
  mask.box.w = static_cast<gint>(width);
  mask.box.h = static_cast<gint>(height);
  for (gsize i = 0; i < gst_analytics_segmentation_mtd_get_region_count(&mtd); ++i)
    mask.region_ids.push_back(gst_analytics_segmentation_mtd_get_region_id(&mtd, i));

  const GstVideoMeta* shape = gst_buffer_get_video_meta(buffer);
  GstVideoInfo info;
  gst_video_info_set_format(&info, shape->format, shape->width, shape->height);
  GstVideoFrame frame;
  if (!gst_video_frame_map(&frame, &info, buffer, GST_MAP_READ))
    throw std::runtime_error("the mask is smaller than it says");
  mask.format = shape->format;
  mask.width = info.width;
  mask.height = info.height;
  const auto* row = static_cast<const guint8*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
  for (int y = 0; y < info.height; ++y, row += GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0))
    mask.values.insert(mask.values.end(), row, row + info.width);
  gst_video_frame_unmap(&frame);
  gst_buffer_unref(buffer);
  return mask;
}

}  // namespace

std::vector<MaskMtd> masks_of(GstBuffer* buffer) {
  return all_of<MaskMtd>(buffer, gst_analytics_segmentation_mtd_get_mtd_type(), read_mask);
}
#endif

}  // namespace mvga::testing
