// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/element/property_values.h"

#include <vector>

#include "core/scoring/profiles/list.h"
#include "gst/element/enum_types.h"

namespace mvga::gst {
std::string text_of(const GValue* value) {
  const gchar* text = g_value_get_string(value);
  return text ? text : "";
}

void set_text(GValue* value, const std::string& text) {
  g_value_set_string(value, text.empty() ? nullptr : text.c_str());
}

GType precision_get_type() {
  static const GEnumValue values[] = {
      enum_value(Precision::automatic, "What suits the device", "auto"),
      enum_value(Precision::fp32, "32-bit floating point", "fp32"),
      enum_value(Precision::bf16, "bfloat16, where the processor has it", "bf16"),
      enum_value(Precision::fp16, "16-bit floating point (GPU)", "fp16"), kEndOfValues};
  static const GType type = register_enum("MvgaPrecision", values);
  return type;
}

GType profile_get_type() {
  static const std::vector<GEnumValue> values = [] {
    std::vector<GEnumValue> all;
    for (const ListedProfile& p : profiles())
      all.push_back(enum_value(p.profile, p.summary, p.name));
    all.push_back(kEndOfValues);
    return all;
  }();
  static const GType type = register_enum("MvgaProfile", values.data());
  return type;
}

GType reduction_get_type() {
  static const GEnumValue values[] = {
      enum_value(kReductionAuto, "What suits the backbone", "auto"),
      enum_value(ReductionKind::none, "All principal components", "none"),
      enum_value(ReductionKind::opposite_pca, "The trailing components", "opca"),
      enum_value(ReductionKind::pca, "The leading components", "pca"), kEndOfValues};
  static const GType type = register_enum("MvgaReduction", values);
  return type;
}

}  // namespace mvga::gst
