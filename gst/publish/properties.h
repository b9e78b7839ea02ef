// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgapublish's properties are called, and what they may be.
#pragma once

#include "gst/element/property_table.h"
#include "gst/publish/mvgapublish.h"
#include "gst/publish/publish_settings.h"

namespace mvga::gst::publish {

using PublishProperties = PropertyTable<MvgaPublish, PublishSettings>;

/// Those that are settings.
PublishProperties publish_settings_properties();

}  // namespace mvga::gst::publish
