// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/property_values.h"

namespace mvga::gst {
namespace {

GType register_enum(const char* name, const GEnumValue* values) {
  const GType type = g_enum_register_static(name, values);
  gst_type_mark_as_plugin_api(type, static_cast<GstPluginAPIFlags>(0));
  return type;
}

}  // namespace

std::string text_of(const GValue* value) {
  const gchar* text = g_value_get_string(value);
  return text ? text : "";
}

void set_text(GValue* value, const std::string& text) {
  g_value_set_string(value, text.empty() ? nullptr : text.c_str());
}

GType precision_get_type() {
  static const GEnumValue values[] = {
      {static_cast<int>(Precision::automatic), "What suits the device", "auto"},
      {static_cast<int>(Precision::fp32), "32-bit floating point", "fp32"},
      {static_cast<int>(Precision::bf16), "bfloat16, where the processor has it", "bf16"},
      {static_cast<int>(Precision::fp16), "16-bit floating point (GPU)", "fp16"},
      {0, nullptr, nullptr}};
  static const GType type = register_enum("MvgaPrecision", values);
  return type;
}

GType profile_get_type() {
  static const GEnumValue values[] = {
      {static_cast<int>(Profile::paper), "Plain sum and plain mean over the levels, as published",
       "paper"},
      {static_cast<int>(Profile::calibrated),
       "Levels on a common scale, score from image and positions", "calibrated"},
      {0, nullptr, nullptr}};
  static const GType type = register_enum("MvgaProfile", values);
  return type;
}

GType reduction_get_type() {
  static const GEnumValue values[] = {
      {kReductionAuto, "What suits the backbone", "auto"},
      {static_cast<int>(ReductionKind::none), "All principal components", "none"},
      {static_cast<int>(ReductionKind::opposite_pca), "The trailing components", "opca"},
      {static_cast<int>(ReductionKind::pca), "The leading components", "pca"},
      {0, nullptr, nullptr}};
  static const GType type = register_enum("MvgaReduction", values);
  return type;
}

}  // namespace mvga::gst
