// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/meta/anomaly_meta.h"

#include <cmath>
#include <vector>

#include "gst/frames/pixel_box.h"

namespace mvga::gst {
namespace {

// Null when the buffer cannot take it.
GstStructure* fresh_meta(GstBuffer* buffer, const char* name) {
  if (GstCustomMeta* old = gst_buffer_get_custom_meta(buffer, name))
    gst_buffer_remove_meta(buffer, reinterpret_cast<GstMeta*>(old));
  GstCustomMeta* meta = gst_buffer_add_custom_meta(buffer, name);
  return meta == nullptr ? nullptr : gst_custom_meta_get_structure(meta);
}

gboolean copy_field(GQuark field, const GValue* value, gpointer to) {
  gst_structure_id_set_value(static_cast<GstStructure*>(to), field, value);
  return TRUE;
}

double display_aspect(const GstVideoInfo& info) {
  return static_cast<double>(info.width) * info.par_n /
         (static_cast<double>(info.height) * info.par_d);
}

// Fractions of the frame stay what they are when it is scaled, but not when the scaler adds borders
// to keep the shape.
bool keeps_fractions(const GstVideoMetaTransform& scaling) {
  constexpr double rounding = 0.02;  // of sizes in whole pixels
  const double ratio = display_aspect(*scaling.out_info) / display_aspect(*scaling.in_info);
  return std::abs(ratio - 1) < rounding;
}

gboolean transform_places(GstBuffer* to, GstCustomMeta* meta, GstBuffer* /*from*/, GQuark type,
                          gpointer data, gpointer /*user_data*/) {
  const bool scaled = GST_VIDEO_META_TRANSFORM_IS_SCALE(type);
  if (!scaled && !GST_META_TRANSFORM_IS_COPY(type)) return FALSE;
  if (scaled && !keeps_fractions(*static_cast<const GstVideoMetaTransform*>(data))) return FALSE;
  GstStructure* target = fresh_meta(to, kPlacesMetaName);
  if (target == nullptr) return FALSE;
  gst_structure_foreach(gst_custom_meta_get_structure(meta), copy_field, target);
  return TRUE;
}

void register_meta(const char* name, const gchar** tags, GstCustomMetaTransformFunction transform) {
  // Another copy of this plugin in the process may have been first.
  if (gst_meta_get_info(name) != nullptr) return;
  gst_meta_register_custom(name, tags, transform, nullptr, nullptr);
}

using Bytes = Owned<GBytes>;

void release_detection(gpointer detection) {
  delete static_cast<std::shared_ptr<const Detection>*>(detection);
}

// Of the map's own memory, which lives as long as they do.
Bytes map_bytes(const std::shared_ptr<const Detection>& detection) {
  const std::vector<float>& values = detection->map.values;
  return Bytes(g_bytes_new_with_free_func(values.data(), values.size() * sizeof(float),
                                          release_detection,
                                          new std::shared_ptr<const Detection>(detection)));
}

Bytes mask_bytes(const Detection& detection) {
  std::vector<guint8> mask;
  for (const float value : detection.map.values)
    mask.push_back(value > detection.map_scale.threshold ? 255 : 0);
  return Bytes(g_bytes_new(mask.data(), mask.size()));
}

void set_grid(GstStructure* structure, const char* field, const Detection& detection,
              const Bytes& values) {
  const Structure grid(
      gst_structure_new("mvga-grid", "width", G_TYPE_INT, detection.map.width, "height", G_TYPE_INT,
                        detection.map.height, "normal", G_TYPE_DOUBLE,
                        static_cast<double>(detection.map_scale.normal), "threshold", G_TYPE_DOUBLE,
                        static_cast<double>(detection.map_scale.threshold), "values", G_TYPE_BYTES,
                        values.get(), nullptr));
  gst_structure_set(structure, field, GST_TYPE_STRUCTURE, grid.get(), nullptr);
}

void set_roi(GstStructure* structure, const Box& roi) {
  const Structure box(gst_structure_new("mvga-roi", "x", G_TYPE_DOUBLE, roi.x, "y", G_TYPE_DOUBLE,
                                        roi.y, "width", G_TYPE_DOUBLE, roi.width, "height",
                                        G_TYPE_DOUBLE, roi.height, nullptr));
  gst_structure_set(structure, "roi", GST_TYPE_STRUCTURE, box.get(), nullptr);
}

}  // namespace

void register_anomaly_metas() {
  static const gchar* no_tags[] = {nullptr};
  static const gchar* tags_of_places[] = {GST_META_TAG_VIDEO_STR,
                                          GST_META_TAG_VIDEO_ORIENTATION_STR,
                                          GST_META_TAG_VIDEO_SIZE_STR, nullptr};
  register_meta(kAnomalyMetaName, no_tags, nullptr);
  register_meta(kPlacesMetaName, tags_of_places, transform_places);
}

GstStructure* meta_structure(GstBuffer* buffer, const char* name) {
  GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, name);
  return meta == nullptr ? nullptr : gst_custom_meta_get_structure(meta);
}

void attach_anomaly_meta(GstBuffer* buffer, const FrameResult& result) {
  if (GstStructure* structure = fresh_meta(buffer, kAnomalyMetaName)) describe(structure, result);
}

void attach_places_meta(GstBuffer* buffer, const std::shared_ptr<const Detection>& detection,
                        guint attach) {
  if ((attach & (attach_regions | attach_map | attach_mask)) == 0) return;
  GstStructure* structure = fresh_meta(buffer, kPlacesMetaName);
  if (structure == nullptr) return;
  set_roi(structure, detection->roi);
  if (attach & attach_regions) set_regions(structure, detection->regions, detection->map_scale);
  if (attach & attach_map) set_grid(structure, "map", *detection, map_bytes(detection));
  if (attach & attach_mask) set_grid(structure, "mask", *detection, mask_bytes(*detection));
}

void attach_region_metas(GstBuffer* buffer, const Detection& detection, const GstVideoInfo& info,
                         gint first_id) {
  gint id = first_id;
  for (const Region& region : detection.regions) {
    const Box& b = region.box;
    const PixelRect pixels = pixels_of(b, info.width, info.height);
    GstVideoRegionOfInterestMeta* roi = gst_buffer_add_video_region_of_interest_meta(
        buffer, kRegionTypeName, static_cast<guint>(pixels.x), static_cast<guint>(pixels.y),
        static_cast<guint>(pixels.width), static_cast<guint>(pixels.height));
    roi->id = id++;
    gst_video_region_of_interest_meta_add_param(
        roi, gst_structure_new("detection", "x_min", G_TYPE_DOUBLE, b.x, "y_min", G_TYPE_DOUBLE,
                               b.y, "x_max", G_TYPE_DOUBLE, b.x + b.width, "y_max", G_TYPE_DOUBLE,
                               b.y + b.height, "confidence", G_TYPE_DOUBLE,
                               detection.map_scale.confidence(region.peak), "label_id", G_TYPE_INT,
                               kAnomalyLabelId, nullptr));
  }
}

}  // namespace mvga::gst
