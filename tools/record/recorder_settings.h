// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How a stream becomes clips.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>

#include "core/scoring/event_tracker.h"
#include "tools/record/event_files.h"

namespace mvga::tool {

struct RecorderSettings {
  std::filesystem::path folder;
  GstClockTime pre_roll = 5 * GST_SECOND;
  GstClockTime post_roll = 5 * GST_SECOND;
  GstClockTime max_clip = 300 * GST_SECOND;
  std::uint64_t max_clip_bytes = std::numeric_limits<std::uint64_t>::max();
  EventSettings events;
  std::string model_id;
  /// For names, and what people read; it may be set at any time.
  std::function<WallClock::time_point()> wall_clock = WallClock::now;
};

}  // namespace mvga::tool
