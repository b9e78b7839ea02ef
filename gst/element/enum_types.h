// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Registering enumerations and flags as types of properties.
#pragma once

#include <gst/gst.h>

namespace mvga::gst {

/// @param values live as long as the process, and end with kEndOfValues
inline GType register_enum(const char* name, const GEnumValue* values) {
  const GType type = g_enum_register_static(name, values);
  gst_type_mark_as_plugin_api(type, static_cast<GstPluginAPIFlags>(0));
  return type;
}

/// @param values live as long as the process, and end with zeros
inline GType register_flags(const char* name, const GFlagsValue* values) {
  const GType type = g_flags_register_static(name, values);
  gst_type_mark_as_plugin_api(type, static_cast<GstPluginAPIFlags>(0));
  return type;
}

template <typename Enum>
constexpr GEnumValue enum_value(Enum e, const char* description, const char* nick) {
  return {static_cast<int>(e), description, nick};
}

inline constexpr GEnumValue kEndOfValues = {0, nullptr, nullptr};

}  // namespace mvga::gst
