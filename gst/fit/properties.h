// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvgafit's properties are called, and what they may be.
#pragma once

#include "gst/element/property_table.h"
#include "gst/fit/mvgafit.h"
#include "gst/fit/settings.h"

namespace mvga::gst {

using FitProperties = PropertyTable<MvgaFit, FitElementSettings>;

const FitProperties& fit_properties();

}  // namespace mvga::gst
