// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/meta/document.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "gst/frames/handles.h"
#include "gst/frames/pixel_box.h"
#include "gst/meta/anomaly_meta.h"

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
  object.update(rest);
  return object;
}

Json objects_of(const GstStructure* regions, const DocumentFacts& facts) {
  Json objects = Json::array();
  const int fields = gst_structure_n_fields(regions);
  for (int i = 0; i < fields; ++i) {
    const gchar* name = gst_structure_nth_field_name(regions, static_cast<guint>(i));
    const GValue* region = gst_structure_get_value(regions, name);
    if (GST_VALUE_HOLDS_STRUCTURE(region))
      objects.push_back(detected_object(gst_value_get_structure(region), facts));
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
  Json fields = object_of(meta);
  if (places != nullptr) fields.update(object_of(places));
  // The document has a version of its own, and its array a length; grids are for programs at hand.
  for (const char* left_out : {"schema", "n_regions", "regions", "map", "mask"})
    fields.erase(left_out);
  for (const auto& [key, value] : fields.items())
    if (!document.contains(key)) document[key] = value;
  if (places == nullptr) return document;
  const GValue* regions = gst_structure_get_value(places, "regions");
  if (regions != nullptr && GST_VALUE_HOLDS_STRUCTURE(regions))
    document["objects"] = objects_of(gst_value_get_structure(regions), facts);
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
