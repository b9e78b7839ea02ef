// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Property values that are texts or enumerations, and what they mean to the library.
#pragma once

#include <gst/gst.h>

#include <optional>
#include <string>
#include <vector>

#include "core/calibration.h"
#include "core/reduction.h"
#include "core/regions.h"
#include "models/backbone.h"

namespace mvga::gst {

/// "x,y,w,h" in fractions of the frame.
/// @throws Error settings
Box parse_roi(const std::string& text);

/// "3,4,5" or "3-7"; empty means the default.
/// @throws Error settings
std::vector<int> parse_levels(const std::string& text);

GType precision_get_type();
GType profile_get_type();
/// The library's reductions, and `auto`.
GType reduction_get_type();
inline constexpr int kReductionAuto = -1;

}  // namespace mvga::gst
