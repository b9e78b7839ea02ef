// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The C library: what the reader of metadata has found, behind functions and registered types.
#include "gst/meta/mvga/anomaly.h"

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "gst/meta/anomaly_meta.h"
#include "gst/meta/document.h"
#include "gst/meta/meta_reader.h"

using mvga::gst::FrameResult;
using mvga::gst::FrameStatus;
using mvga::gst::Grid;
using mvga::gst::MetaReading;
using mvga::gst::Places;
using mvga::gst::Structure;

struct _MvgaAnomaly {
  gatomicrefcount references = 0;
  GstClockTime pts = GST_CLOCK_TIME_NONE;  ///< of the frame
  FrameResult result;
  std::optional<Places> places;
  std::vector<MvgaRegion> regions;
  Structure meta;              ///< as it was attached
  Structure places_structure;  ///< the same; null when it was not there or not readable
};

namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

MvgaAnomalyStatus public_status(FrameStatus status) {
  switch (status) {
    case FrameStatus::fresh:
      return MVGA_ANOMALY_STATUS_FRESH;
    case FrameStatus::held:
      return MVGA_ANOMALY_STATUS_HELD;
    case FrameStatus::skipped:
      return MVGA_ANOMALY_STATUS_SKIPPED;
    case FrameStatus::error:
      return MVGA_ANOMALY_STATUS_ERROR;
    case FrameStatus::learning:
      return MVGA_ANOMALY_STATUS_LEARNING;
    case FrameStatus::corrupted:
      return MVGA_ANOMALY_STATUS_CORRUPTED;
  }
  return MVGA_ANOMALY_STATUS_ERROR;
}

std::vector<MvgaRegion> public_regions(const std::optional<Places>& places) {
  std::vector<MvgaRegion> regions;
  if (!places || !places->regions) return regions;
  for (const auto& [region, confidence] : *places->regions) {
    const mvga::Box& b = region.box;
    regions.push_back({b.x, b.y, b.width, b.height, region.area, region.peak, confidence});
  }
  return regions;
}

template <typename Value>
void hand_out(Value* out, Value value) {
  if (out != nullptr) *out = value;
}

GBytes* hand_out_grid(const Grid* grid, guint* width, guint* height, gdouble* normal,
                      gdouble* threshold) {
  hand_out(width, grid ? static_cast<guint>(grid->width) : 0);
  hand_out(height, grid ? static_cast<guint>(grid->height) : 0);
  hand_out(normal, grid ? double{grid->scale.normal} : 0);
  hand_out(threshold, grid ? double{grid->scale.threshold} : 0);
  return grid ? g_bytes_ref(grid->values.get()) : nullptr;
}

const Grid* address_of(const std::optional<Grid>& grid) {
  return grid ? &*grid : nullptr;
}

}  // namespace

GType mvga_anomaly_status_get_type() {
  static const GEnumValue values[] = {
      {MVGA_ANOMALY_STATUS_FRESH, "MVGA_ANOMALY_STATUS_FRESH", "fresh"},
      {MVGA_ANOMALY_STATUS_HELD, "MVGA_ANOMALY_STATUS_HELD", "held"},
      {MVGA_ANOMALY_STATUS_SKIPPED, "MVGA_ANOMALY_STATUS_SKIPPED", "skipped"},
      {MVGA_ANOMALY_STATUS_ERROR, "MVGA_ANOMALY_STATUS_ERROR", "error"},
      {MVGA_ANOMALY_STATUS_LEARNING, "MVGA_ANOMALY_STATUS_LEARNING", "learning"},
      {MVGA_ANOMALY_STATUS_CORRUPTED, "MVGA_ANOMALY_STATUS_CORRUPTED", "corrupted"},
      {0, nullptr, nullptr},
  };
  static const GType type = g_enum_register_static("MvgaAnomalyStatus", values);
  return type;
}

const gchar* mvga_anomaly_status_to_string(MvgaAnomalyStatus status) {
  auto* known = static_cast<GEnumClass*>(g_type_class_ref(MVGA_TYPE_ANOMALY_STATUS));
  const GEnumValue* value = g_enum_get_value(known, status);
  const gchar* name = value ? value->value_nick : "unknown";
  g_type_class_unref(known);
  return name;
}

GType mvga_region_get_type() {
  static const GType type =
      g_boxed_type_register_static("MvgaRegion", reinterpret_cast<GBoxedCopyFunc>(mvga_region_copy),
                                   reinterpret_cast<GBoxedFreeFunc>(mvga_region_free));
  return type;
}

MvgaRegion* mvga_region_copy(const MvgaRegion* region) {
  g_return_val_if_fail(region != nullptr, nullptr);
  return new MvgaRegion(*region);
}

void mvga_region_free(MvgaRegion* region) {
  delete region;
}

GType mvga_anomaly_get_type() {
  static const GType type = g_boxed_type_register_static(
      "MvgaAnomaly", reinterpret_cast<GBoxedCopyFunc>(mvga_anomaly_ref),
      reinterpret_cast<GBoxedFreeFunc>(mvga_anomaly_unref));
  return type;
}

void mvga_init() {
  mvga::gst::register_anomaly_metas();
}

MvgaAnomaly* mvga_buffer_get_anomaly(GstBuffer* buffer) {
  g_return_val_if_fail(GST_IS_BUFFER(buffer), nullptr);
  MetaReading reading = mvga::gst::read_metas(buffer);
  if (!reading.result) return nullptr;
  const auto copy = [&](const char* name) {
    return Structure(gst_structure_copy(mvga::gst::meta_structure(buffer, name)));
  };
  auto anomaly = std::make_unique<MvgaAnomaly>();
  g_atomic_ref_count_init(&anomaly->references);
  anomaly->pts = GST_BUFFER_PTS(buffer);
  anomaly->result = std::move(*reading.result);
  anomaly->meta = copy(mvga::gst::kAnomalyMetaName);
  if (reading.places) anomaly->places_structure = copy(mvga::gst::kPlacesMetaName);
  anomaly->regions = public_regions(reading.places);
  anomaly->places = std::move(reading.places);
  return anomaly.release();
}

MvgaAnomaly* mvga_anomaly_ref(MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, nullptr);
  g_atomic_ref_count_inc(&anomaly->references);
  return anomaly;
}

void mvga_anomaly_unref(MvgaAnomaly* anomaly) {
  g_return_if_fail(anomaly != nullptr);
  if (g_atomic_ref_count_dec(&anomaly->references)) delete anomaly;
}

gint mvga_anomaly_get_schema(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, 0);
  gint schema = 0;
  gst_structure_get_int(anomaly->meta.get(), "schema", &schema);
  return schema;
}

MvgaAnomalyStatus mvga_anomaly_get_status(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, MVGA_ANOMALY_STATUS_ERROR);
  return public_status(anomaly->result.status);
}

const gchar* mvga_anomaly_get_model_id(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, "");
  return anomaly->result.model_id.c_str();
}

guint64 mvga_anomaly_get_event_id(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, 0);
  return anomaly->result.event_id;
}

gboolean mvga_anomaly_has_result(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, FALSE);
  return anomaly->result.detection != nullptr;
}

gdouble mvga_anomaly_get_score(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, kNoNumber);
  return anomaly->result.detection ? anomaly->result.detection->score : kNoNumber;
}

gdouble mvga_anomaly_get_threshold(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, kNoNumber);
  return anomaly->result.detection ? anomaly->result.detection->threshold : kNoNumber;
}

gdouble mvga_anomaly_get_p_value(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, kNoNumber);
  return anomaly->result.detection ? anomaly->result.detection->p_value : kNoNumber;
}

gboolean mvga_anomaly_is_anomalous(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, FALSE);
  return anomaly->result.detection && anomaly->result.detection->anomalous;
}

GstClockTime mvga_anomaly_get_result_pts(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, GST_CLOCK_TIME_NONE);
  return anomaly->result.result_pts;
}

GstClockTime mvga_anomaly_get_age(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, GST_CLOCK_TIME_NONE);
  return anomaly->result.detection ? anomaly->result.age : GST_CLOCK_TIME_NONE;
}

GstClockTime mvga_anomaly_get_inference_time(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, GST_CLOCK_TIME_NONE);
  return anomaly->result.detection ? anomaly->result.inference_time : GST_CLOCK_TIME_NONE;
}

guint64 mvga_anomaly_get_learned_frames(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, 0);
  return anomaly->result.learning ? anomaly->result.learning->learned : 0;
}

guint64 mvga_anomaly_get_learn_frames(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, 0);
  return anomaly->result.learning ? anomaly->result.learning->wanted : 0;
}

gboolean mvga_anomaly_get_roi(const MvgaAnomaly* anomaly, gdouble* x, gdouble* y, gdouble* width,
                              gdouble* height) {
  g_return_val_if_fail(anomaly != nullptr, FALSE);
  const bool known = anomaly->places.has_value();
  const mvga::Box roi = known ? anomaly->places->roi : mvga::Box{0, 0, 0, 0};
  hand_out(x, roi.x);
  hand_out(y, roi.y);
  hand_out(width, roi.width);
  hand_out(height, roi.height);
  return known;
}

gboolean mvga_anomaly_has_regions(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, FALSE);
  return anomaly->places && anomaly->places->regions;
}

guint mvga_anomaly_get_n_regions(const MvgaAnomaly* anomaly) {
  g_return_val_if_fail(anomaly != nullptr, 0);
  return static_cast<guint>(anomaly->regions.size());
}

const MvgaRegion* mvga_anomaly_get_region(const MvgaAnomaly* anomaly, guint index) {
  g_return_val_if_fail(anomaly != nullptr, nullptr);
  return index < anomaly->regions.size() ? &anomaly->regions[index] : nullptr;
}

GBytes* mvga_anomaly_get_map(const MvgaAnomaly* anomaly, guint* width, guint* height,
                             gdouble* normal, gdouble* threshold) {
  g_return_val_if_fail(anomaly != nullptr, nullptr);
  const Grid* map = anomaly->places ? address_of(anomaly->places->map) : nullptr;
  return hand_out_grid(map, width, height, normal, threshold);
}

GBytes* mvga_anomaly_get_mask(const MvgaAnomaly* anomaly, guint* width, guint* height,
                              gdouble* normal, gdouble* threshold) {
  g_return_val_if_fail(anomaly != nullptr, nullptr);
  const Grid* mask = anomaly->places ? address_of(anomaly->places->mask) : nullptr;
  return hand_out_grid(mask, width, height, normal, threshold);
}

gchar* mvga_anomaly_to_json(const MvgaAnomaly* anomaly, const GstCaps* caps, const gchar* source) {
  g_return_val_if_fail(anomaly != nullptr, nullptr);
  mvga::gst::DocumentFacts facts;
  facts.pts = anomaly->pts;
  if (caps != nullptr) mvga::gst::set_resolution(facts, caps);
  if (source != nullptr) facts.source = source;
  const std::string line =
      mvga::gst::frame_line(anomaly->meta.get(), anomaly->places_structure.get(), facts);
  return g_strdup(line.c_str());
}
