// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "gst/frames/handles.h"
#include "gst/frames/pixel_box.h"
#include "gst/meta/document.h"

namespace mvga::gst::publish {
namespace {

constexpr const char* kLabel = "anomaly";
constexpr int kLabelId = 1;

Json object_of(const GstStructure* structure);

std::string key_of(std::string_view field) {
  std::string key(field);
  std::replace(key.begin(), key.end(), '-', '_');
  return key;
}

/// NAME-0, NAME-1, ...: a list, whose fields are in its order.
bool is_list(const GstStructure* structure) {
  const int fields = gst_structure_n_fields(structure);
  for (int i = 0; i < fields; ++i) {
    const std::string_view name = gst_structure_nth_field_name(structure, static_cast<guint>(i));
    const auto hyphen = name.rfind('-');
    if (hyphen == std::string_view::npos || name.substr(hyphen + 1) != std::to_string(i))
      return false;
  }
  return fields > 0;
}

Json list_of(const GstStructure* structure) {
  Json list = Json::array();
  const int fields = gst_structure_n_fields(structure);
  for (int i = 0; i < fields; ++i) {
    const gchar* name = gst_structure_nth_field_name(structure, static_cast<guint>(i));
    const GValue* item = gst_structure_get_value(structure, name);
    if (GST_VALUE_HOLDS_STRUCTURE(item)) list.push_back(object_of(gst_value_get_structure(item)));
  }
  return list;
}

Json time_or_nothing(guint64 value) {
  return value == GST_CLOCK_TIME_NONE ? Json() : Json(value);
}

Json number_or_nothing(double value) {
  return std::isfinite(value) ? Json(value) : Json();
}

/// Null: there is no form for it.
Json value_of(const GValue* value) {
  if (GST_VALUE_HOLDS_STRUCTURE(value)) {
    const GstStructure* nested = gst_value_get_structure(value);
    return is_list(nested) ? list_of(nested) : object_of(nested);
  }
  switch (G_VALUE_TYPE(value)) {
    case G_TYPE_BOOLEAN:
      return g_value_get_boolean(value) != FALSE;
    case G_TYPE_INT:
      return g_value_get_int(value);
    case G_TYPE_UINT:
      return g_value_get_uint(value);
    case G_TYPE_INT64:
      return g_value_get_int64(value);
    case G_TYPE_UINT64:
      return time_or_nothing(g_value_get_uint64(value));
    case G_TYPE_FLOAT:
      return number_or_nothing(static_cast<double>(g_value_get_float(value)));
    case G_TYPE_DOUBLE:
      return number_or_nothing(g_value_get_double(value));
    case G_TYPE_STRING: {
      const gchar* text = g_value_get_string(value);
      return text ? Json(text) : Json();
    }
    default:
      return {};
  }
}

void add(Json& object, const std::string& key, Json value) {
  if (!value.is_null()) object[key] = std::move(value);
}

Json object_of(const GstStructure* structure) {
  Json object = Json::object();
  const int fields = gst_structure_n_fields(structure);
  for (int i = 0; i < fields; ++i) {
    const gchar* name = gst_structure_nth_field_name(structure, static_cast<guint>(i));
    add(object, key_of(name), value_of(gst_structure_get_value(structure, name)));
  }
  return object;
}

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
void add_pixels(Json& object, const Box& box, const FrameFacts& facts) {
  if (facts.width <= 0 || facts.height <= 0) return;
  const PixelRect pixels = pixels_of(box, facts.width, facts.height);
  if (pixels.empty()) return;
  object.update({{"x", pixels.x}, {"w", pixels.width}, {"y", pixels.y}, {"h", pixels.height}});
}

/// A region as gvametaconvert writes an object: the box in fractions under `detection`, and in
/// pixels beside it. What else the region has comes after that.
Json detected_object(const GstStructure* region, const FrameFacts& facts) {
  const auto box = box_of(region);
  Json rest = object_of(region);
  Json detection = Json::object();
  if (box)
    detection["bounding_box"] = {{"x_min", box->x},
                                 {"y_min", box->y},
                                 {"x_max", box->x + box->width},
                                 {"y_max", box->y + box->height}};
  if (rest.contains("confidence")) detection["confidence"] = rest["confidence"];
  detection["label"] = kLabel;
  detection["label_id"] = kLabelId;
  Json object = {{"detection", std::move(detection)}};
  if (box) add_pixels(object, *box, facts);
  for (const char* used : {"x", "y", "width", "height", "confidence"}) rest.erase(used);
  object.update(rest);
  return object;
}

Json objects_of(const GstStructure* regions, const FrameFacts& facts) {
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

Json head(const FrameFacts& facts, const Json& tags) {
  Json document = {{"schema_version", kSchemaVersion}, {"type", "frame"}};
  add(document, "timestamp", time_or_nothing(facts.pts));
  document["utc"] = utc_now();
  if (!facts.source.empty()) document["source"] = facts.source;
  if (facts.width > 0 && facts.height > 0)
    document["resolution"] = {{"width", facts.width}, {"height", facts.height}};
  add(document, "tags", tags);
  return document;
}

}  // namespace

void set_resolution(FrameFacts& facts, const GstCaps* caps) {
  facts.width = 0;
  facts.height = 0;
  if (gst_caps_get_size(caps) == 0) return;
  const GstStructure* structure = gst_caps_get_structure(caps, 0);
  gst_structure_get_int(structure, "width", &facts.width);
  gst_structure_get_int(structure, "height", &facts.height);
}

Json frame_document(const GstStructure* meta, const GstStructure* places, const FrameFacts& facts,
                    const Json& tags) {
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

std::string to_line(const Json& document) {
  return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace mvga::gst::publish
