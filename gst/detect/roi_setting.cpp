// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/roi_setting.h"

#include "core/base/error.h"
#include "core/base/parse_settings.h"

namespace mvga::gst {

RoiSetting::RoiSetting(const std::string& text) : text_(text) {
  try {
    if (!text.empty()) box_ = parse_roi(text);
  } catch (const Error&) {
    // Before the start nobody may be listening yet.
  }
}

std::optional<Box> RoiSetting::box() const {
  if (!box_ && !text_.empty()) parse_roi(text_);  // throws, as it did before
  return box_;
}

void take_value(const GValue* value, RoiSetting& to) {
  const gchar* text = g_value_get_string(value);
  to = RoiSetting(text != nullptr ? text : "");
}

}  // namespace mvga::gst
