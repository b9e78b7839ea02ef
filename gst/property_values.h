// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Property values that are texts or enumerations, and what they mean to the library.
#pragma once

#include <gst/gst.h>

#include <string>

#include "core/calibration.h"
#include "core/reduction.h"
#include "models/backbone.h"

namespace mvga::gst {

/// A string property; NULL and the empty text are the same.
std::string text_of(const GValue* value);
void set_text(GValue* value, const std::string& text);

GType precision_get_type();
GType profile_get_type();
/// The library's reductions, and `auto`.
GType reduction_get_type();
inline constexpr int kReductionAuto = -1;

}  // namespace mvga::gst
