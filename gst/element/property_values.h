// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Property values that are texts or enumerations, and what they mean to the library.
#pragma once

#include <gst/gst.h>

#include <string>
#include <type_traits>

#include "core/features/backbone.h"
#include "core/gaussian/reduction.h"
#include "core/scoring/calibration.h"

namespace mvga::gst {

/// A string property; NULL and the empty text are the same.
std::string text_of(const GValue* value);
void set_text(GValue* value, const std::string& text);

/// A property's value into a setting, and back. An unsigned setting may be one of flags.
inline void take_value(const GValue* value, std::string& to) {
  to = text_of(value);
}
inline void take_value(const GValue* value, bool& to) {
  to = g_value_get_boolean(value);
}
inline void take_value(const GValue* value, gdouble& to) {
  to = g_value_get_double(value);
}
inline void take_value(const GValue* value, guint64& to) {
  to = g_value_get_uint64(value);
}
inline void take_value(const GValue* value, gint& to) {
  to = g_value_get_enum(value);
}
inline void take_value(const GValue* value, guint& to) {
  to = G_VALUE_HOLDS_FLAGS(value) ? g_value_get_flags(value) : g_value_get_uint(value);
}
template <typename Enum>
requires std::is_enum_v<Enum>
void take_value(const GValue* value, Enum& to) {
  to = static_cast<Enum>(g_value_get_enum(value));
}

inline void give_value(const std::string& from, GValue* value) {
  set_text(value, from);
}
inline void give_value(bool from, GValue* value) {
  g_value_set_boolean(value, from);
}
inline void give_value(gdouble from, GValue* value) {
  g_value_set_double(value, from);
}
inline void give_value(guint64 from, GValue* value) {
  g_value_set_uint64(value, from);
}
inline void give_value(gint from, GValue* value) {
  g_value_set_enum(value, from);
}
inline void give_value(guint from, GValue* value) {
  if (G_VALUE_HOLDS_FLAGS(value))
    g_value_set_flags(value, from);
  else
    g_value_set_uint(value, from);
}
/// Gives the structure away.
inline void give_value(GstStructure* from, GValue* value) {
  g_value_take_boxed(value, from);
}
template <typename Enum>
requires std::is_enum_v<Enum>
void give_value(Enum from, GValue* value) {
  g_value_set_enum(value, static_cast<gint>(from));
}

GType precision_get_type();
GType profile_get_type();
/// The library's reductions, and `auto`.
GType reduction_get_type();
inline constexpr int kReductionAuto = -1;

}  // namespace mvga::gst
