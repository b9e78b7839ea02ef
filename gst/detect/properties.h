// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgadetect's properties are called, and what they may be.
#pragma once

#include "gst/detect/mvgadetect.h"
#include "gst/detect/settings.h"
#include "gst/element/property_table.h"

namespace mvga::gst {

using DetectProperties = PropertyTable<MvgaDetect, DetectElementSettings>;

/// Those that are settings.
DetectProperties detect_settings_properties();

}  // namespace mvga::gst
