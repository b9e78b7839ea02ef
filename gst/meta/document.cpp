// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/meta/document.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "gst/frames/handles.h"
#include "gst/frames/pixel_box.h"
#include "gst/meta/anomaly_meta.h"
#include "gst/meta/frame_result.h"

namespace mvga::gst {
namespace {

std::optional<Box> box_of(const GstStructure* region) {
  Box box;
  if (gst_structure_get_double(region, "x", &box.x) &&
      gst_structure_get_double(region, "y", &box.y) &&
      gst_structure_get_double(region, "width", &box.width) &&
      gst_structure_get_double(region, "height", &box.height))
    return box;
  return std::nullopt;
}

/// Where the frame's size is known.
void add_pixels(Json& object, const Box& box, const DocumentFacts& facts) {
  if (facts.width <= 0 || facts.height <= 0) return;
  const PixelRect pixels = pixels_of(box, facts.width, facts.height);
  if (pixels.empty()) return;
  object.update({{"x", pixels.x}, {"w", pixels.width}, {"y", pixels.y}, {"h", pixels.height}});
}

/// A region as gvametaconvert writes an object: the box in fractions under `detection`, and in
/// pixels beside it. What else the region has comes after that.
Json detected_object(const GstStructure* region, const DocumentFacts& facts) {
  const auto box = box_of(region);
  Json rest = object_of(region);
  Json detection = Json::object();
  if (box)
    detection["bounding_box"] = {{"x_min", box->x},
                                 {"y_min", box->y},
                                 {"x_max", box->x + box->width},
                                 {"y_max", box->y + box->height}};
  if (rest.contains("confidence")) detection["confidence"] = rest["confidence"];
  detection["label"] = kRegionTypeName;
  detection["label_id"] = kAnomalyLabelId;
  Json object = {{"detection", std::move(detection)}};
  if (box) add_pixels(object, *box, facts);
  for (const char* used : {"x", "y", "width", "height", "confidence"}) rest.erase(used);
  for (const auto& [key, value] : rest.items())
    if (!object.contains(key)) object[key] = value;
  return object;
}

const GstStructure* part(const GstStructure* structure, const char* name) {
  const GValue* value = gst_structure_get_value(structure, name);
  return value != nullptr && GST_VALUE_HOLDS_STRUCTURE(value) ? gst_value_get_structure(value)
                                                              : nullptr;
}

/// So many as there are said to be, or up to the first that is missing.
Json objects_of(const GstStructure* places, const GstStructure* regions,
                const DocumentFacts& facts) {
  Json objects = Json::array();
  guint count = 0;
  gst_structure_get_uint(places, "n-regions", &count);
  for (guint i = 0; i < count; ++i) {
    const GstStructure* region = part(regions, ("region-" + std::to_string(i)).c_str());
    if (region == nullptr) break;
    objects.push_back(detected_object(region, facts));
  }
  return objects;
}

/// The wall clock now: PTS of two runs cannot be told apart.
std::string utc_now() {
  const Owned<GDateTime> now(g_date_time_new_now_utc());
  const String seconds(g_date_time_format(now.get(), "%Y-%m-%dT%H:%M:%S"));
  std::string micro = std::to_string(g_date_time_get_microsecond(now.get()));
  micro.insert(0, 6 - micro.size(), '0');
  return std::string(seconds.get()) + "." + micro + "Z";
}

Json head(const DocumentFacts& facts, const Json& tags) {
  Json document = {{"schema_version", kDocumentSchema}, {"type", "frame"}};
  set_if_known(document, "timestamp", time_or_nothing(facts.pts));
  document["utc"] = utc_now();
  if (!facts.source.empty()) document["source"] = facts.source;
  if (facts.width > 0 && facts.height > 0)
    document["resolution"] = {{"width", facts.width}, {"height", facts.height}};
  set_if_known(document, "tags", tags);
  return document;
}

/// Those that are the document's own, whether it has them or not, and those of a frame with a
/// result or while learning where there is none: anyone can write them.
bool is_taken(const Json& document, const std::string& key) {
  // It has a version of its own, and its array a length; grids are for programs at hand.
  static const std::set<std::string> own{
      "schema_version", "type",   "timestamp", "utc",     "source", "resolution", "tags",
      "objects",        "event",  "start",     "end",     "frames", "peak_score", "peak_p_value",
      "peak_timestamp", "schema", "n_regions", "regions", "map",    "mask"};
  static const std::set<std::string> of_result{
      "score", "threshold", "p_value", "anomalous", "result_pts", "age", "inference_time"};
  static const std::set<std::string> of_learning{"learned_frames", "learn_frames"};
  const std::string status = document.value("status", "");
  const bool result = status == name_of(FrameStatus::fresh) || status == name_of(FrameStatus::held);
  return document.contains(key) || own.contains(key) || (!result && of_result.contains(key)) ||
         (status != name_of(FrameStatus::learning) && of_learning.contains(key));
}

void add_fields(Json& document, const Json& fields) {
  const auto status = fields.find("status");
  if (status != fields.end() && !document.contains("status")) document["status"] = *status;
  for (const auto& [key, value] : fields.items())
    if (!is_taken(document, key)) document[key] = value;
}

}  // namespace

void set_resolution(DocumentFacts& facts, const GstCaps* caps) {
  facts.width = 0;
  facts.height = 0;
  if (gst_caps_get_size(caps) == 0) return;
  const GstStructure* structure = gst_caps_get_structure(caps, 0);
  gst_structure_get_int(structure, "width", &facts.width);
  gst_structure_get_int(structure, "height", &facts.height);
}

Json frame_document(const GstStructure* meta, const GstStructure* places,
                    const DocumentFacts& facts, const Json& tags) {
  Json document = head(facts, tags);
  add_fields(document, object_of(meta));
  if (places == nullptr) return document;
  add_fields(document, object_of(places));
  if (const GstStructure* regions = part(places, "regions"))
    document["objects"] = objects_of(places, regions, facts);
  return document;
}

std::string frame_line(const GstStructure* meta, const GstStructure* places,
                       const DocumentFacts& facts) {
  return to_line(frame_document(meta, places, facts, Json()));
}

std::string to_line(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace mvga::gst
