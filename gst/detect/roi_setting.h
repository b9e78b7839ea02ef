// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The property `roi`.
#pragma once

#include <glib-object.h>

#include <optional>
#include <string>

#include "core/base/box.h"

namespace mvga::gst {

/// A part of the frame as the user wrote it, parsed when it is set and not for each frame.
class RoiSetting {
 public:
  RoiSetting() = default;
  /// Takes any text; what is wrong with it is said by box().
  explicit RoiSetting(const std::string& text);

  /// None if there is no text.
  /// @throws Error settings as parse_roi says
  std::optional<Box> box() const;
  /// As it was set.
  operator const std::string&() const { return text_; }  // NOLINT(google-explicit-constructor)

 private:
  std::string text_;
  std::optional<Box> box_;
};

/// For PropertyTable::text.
void take_value(const GValue* value, RoiSetting& to);

}  // namespace mvga::gst
