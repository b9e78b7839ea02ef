// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A GstStructure as JSON.
#pragma once

#include <gst/gst.h>

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace mvga::gst {

/// Keeps the order in which keys are written, so that a person finds them where the schema has
/// them.
using Json = nlohmann::ordered_json;

/// Its fields, with underscores for hyphens, and structures in it as objects or, where their fields
/// are NAME-0, NAME-1, ..., as lists. What JSON has no form for (bytes, infinite numbers, times
/// that are not known) is left out.
Json object_of(const GstStructure* structure);

/// The same of a time: null when it is not known.
Json time_or_nothing(GstClockTime time);

/// Leaves null out.
void set_if_known(Json& object, const std::string& key, Json value);

}  // namespace mvga::gst
