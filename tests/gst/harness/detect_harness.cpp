// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/detect_harness.h"

#include <chrono>
#include <cmath>
#include <future>
#include <stdexcept>

#include "tests/gst/harness/small_model.h"

namespace mvga::testing {
namespace {

GstVideoRectangle thousandths(const GstStructure& region) {
  const auto part = [&](const char* field) {
    return static_cast<gint>(std::lround(1000 * real(region, field)));
  };
  return {part("x"), part("y"), part("width"), part("height")};
}

std::vector<GstVideoRectangle> regions_of(const GstStructure* structure, guint count) {
  std::vector<GstVideoRectangle> regions;
  GstStructure* list = nullptr;
  if (!gst_structure_get(structure, "regions", GST_TYPE_STRUCTURE, &list, nullptr)) return regions;
  for (guint i = 0; i < count; ++i) {
    GstStructure* region = nullptr;
    if (!gst_structure_get(list, ("region-" + std::to_string(i)).c_str(), GST_TYPE_STRUCTURE,
                           &region, nullptr))
      break;
    regions.push_back(thousandths(*region));
    gst_structure_free(region);
  }
  gst_structure_free(list);
  return regions;
}

// Of messages in the same structure as the rest, of buffers in a meta of their own.
void read_regions(const GstStructure* structure, AnomalyMeta& meta) {
  gst_structure_get_uint(structure, "n-regions", &meta.n_regions);
  meta.regions = regions_of(structure, meta.n_regions);
}

}  // namespace

guint64 number(const GstStructure& structure, const char* field) {
  guint64 value = 0;
  if (!gst_structure_get_uint64(&structure, field, &value))
    throw std::runtime_error(std::string("no field ") + field);
  return value;
}

double real(const GstStructure& structure, const char* field) {
  double value = 0;
  if (!gst_structure_get_double(&structure, field, &value))
    throw std::runtime_error(std::string("no field ") + field);
  return value;
}

std::string text(const GstStructure& structure, const char* field) {
  const gchar* value = gst_structure_get_string(&structure, field);
  if (value == nullptr) throw std::runtime_error(std::string("no field ") + field);
  return value;
}

AnomalyMeta anomaly_fields(const GstStructure* structure) {
  AnomalyMeta meta;
  gst_structure_get_int(structure, "schema", &meta.schema);
  meta.status = text(*structure, "status");
  meta.model_id = text(*structure, "model-id");
  meta.event_id = number(*structure, "event-id");
  if (!gst_structure_has_field(structure, "score")) return meta;
  meta.score = real(*structure, "score");
  meta.threshold = real(*structure, "threshold");
  meta.p_value = real(*structure, "p-value");
  gboolean anomalous = FALSE;
  gst_structure_get_boolean(structure, "anomalous", &anomalous);
  meta.anomalous = anomalous != FALSE;
  meta.result_pts = number(*structure, "result-pts");
  meta.age = number(*structure, "age");
  meta.inference_time = number(*structure, "inference-time");
  read_regions(structure, meta);
  return meta;
}

std::optional<AnomalyMeta> anomaly_meta(GstBuffer* buffer) {
  GstCustomMeta* custom = gst_buffer_get_custom_meta(buffer, "MvgaAnomalyMeta");
  if (custom == nullptr) return std::nullopt;
  AnomalyMeta meta = anomaly_fields(gst_custom_meta_get_structure(custom));
  if (const GstStructure* where = places(buffer)) read_regions(where, meta);
  return meta;
}

const GstStructure* places(GstBuffer* buffer) {
  GstCustomMeta* meta = gst_buffer_get_custom_meta(buffer, "MvgaPlacesMeta");
  return meta == nullptr ? nullptr : gst_custom_meta_get_structure(meta);
}

std::vector<GstVideoRegionOfInterestMeta*> anomaly_regions(GstBuffer* buffer) {
  std::vector<GstVideoRegionOfInterestMeta*> found;
  gpointer state = nullptr;
  while (GstMeta* meta = gst_buffer_iterate_meta_filtered(
             buffer, &state, GST_VIDEO_REGION_OF_INTEREST_META_API_TYPE)) {
    auto* roi = reinterpret_cast<GstVideoRegionOfInterestMeta*>(meta);
    if (roi->roi_type == g_quark_from_static_string("anomaly")) found.push_back(roi);
  }
  return found;
}

Bytes bytes_of(GstBuffer* buffer) {
  Bytes bytes(gst_buffer_get_size(buffer));
  gst_buffer_extract(buffer, 0, bytes.data(), bytes.size());
  return bytes;
}

Detect::Detect() : ElementHarness("mvgadetect") {
  // Several threads wait for each other longer than so small a network takes.
  set("model", small_model().c_str(), "weights", small_weights().c_str(), "threads", 1);
}

bool Detect::change_model(const std::string& path) {
  std::promise<int> answer;
  const auto tell = +[](GstElement*, gint error, const gchar*, gpointer promise) {
    static_cast<std::promise<int>*>(promise)->set_value(error);
  };
  const gulong id =
      g_signal_connect(element(), "model-updated", reinterpret_cast<GCallback>(tell), &answer);
  std::future<int> future = answer.get_future();
  set("model", path.c_str());
  const bool told = future.wait_for(std::chrono::minutes(1)) == std::future_status::ready;
  g_signal_handler_disconnect(element(), id);
  if (!told) throw std::runtime_error("no model-updated for " + path);
  return future.get() == 0;
}

void Detect::start(const GstVideoInfo& video) {
  if (!play()) throw std::runtime_error(error().value_or(Complaint{}).text);
  info = video;
  set_caps(info);
}

Buffer Detect::watch(Buffer buffer) {
  const GstFlowReturn flow = push(std::move(buffer));
  if (flow != GST_FLOW_OK)
    throw std::runtime_error(std::string(gst_flow_get_name(flow)) + ": " +
                             error().value_or(Complaint{}).text);
  Buffer out = pull();
  if (out == nullptr) throw std::runtime_error("a frame did not come out");
  if (pull() != nullptr) throw std::runtime_error("more frames came out than went in");
  return out;
}

AnomalyMeta Detect::look_at(Buffer buffer) {
  const auto meta = anomaly_meta(watch(std::move(buffer)).get());
  if (!meta) throw std::runtime_error("the frame has no MvgaAnomalyMeta");
  return *meta;
}

}  // namespace mvga::testing
