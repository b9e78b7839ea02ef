// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/meta/structure_json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace mvga::gst {
namespace {

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
    if (GST_VALUE_HOLDS_STRUCTURE(item) && gst_value_get_structure(item) != nullptr)
      list.push_back(object_of(gst_value_get_structure(item)));
  }
  return list;
}

Json number_or_nothing(double value) {
  return std::isfinite(value) ? Json(value) : Json();
}

/// Null: there is no form for it.
Json value_of(const GValue* value) {
  if (GST_VALUE_HOLDS_STRUCTURE(value)) {
    const GstStructure* nested = gst_value_get_structure(value);
    if (nested == nullptr) return {};
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

}  // namespace

Json object_of(const GstStructure* structure) {
  Json object = Json::object();
  const int fields = gst_structure_n_fields(structure);
  for (int i = 0; i < fields; ++i) {
    const gchar* name = gst_structure_nth_field_name(structure, static_cast<guint>(i));
    set_if_known(object, key_of(name), value_of(gst_structure_get_value(structure, name)));
  }
  return object;
}

Json time_or_nothing(GstClockTime time) {
  return time == GST_CLOCK_TIME_NONE ? Json() : Json(time);
}

void set_if_known(Json& object, const std::string& key, Json value) {
  if (!value.is_null()) object[key] = std::move(value);
}

}  // namespace mvga::gst
