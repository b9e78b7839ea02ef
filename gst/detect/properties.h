// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect's properties are called, and what they may be.
#pragma once

#include "gst/detect/settings.h"
#include "gst/element/property_table.h"

namespace mvga::gst {

struct DetectProperties {
  DetectProperties();

  PropertyTable<DetectElementSettings> table;
  /// Those that do more than to change a setting.
  guint model = 0;
  guint roi = 0;
  guint overlay = 0;
};

}  // namespace mvga::gst
