// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Reading fields of a GstStructure; what is not there is 0.
#pragma once

#include <gst/gst.h>

#include <cstdint>

namespace mvga::examples {

inline double number(const GstStructure* s, const char* field) {
  gdouble value = 0;
  gst_structure_get_double(s, field, &value);
  return value;
}

inline std::uint64_t whole_number(const GstStructure* s, const char* field) {
  guint64 value = 0;
  gst_structure_get_uint64(s, field, &value);
  return value;
}

}  // namespace mvga::examples
