// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From seconds to GStreamer's nanoseconds.
#pragma once

#include <gst/gst.h>

namespace mvga::gst {

inline GstClockTime to_clock_time(double seconds) {
  return static_cast<GstClockTime>(seconds * static_cast<double>(GST_SECOND));
}

}  // namespace mvga::gst
