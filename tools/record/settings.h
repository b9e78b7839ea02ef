// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What `mvga record` is asked to do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/scoring/event_tracker.h"

namespace mvga::tool {

struct RecordSettings {
  std::string source;  ///< as gst-launch-1.0 takes it, without what comes after the video
  std::string model;
  std::string folder;
  double pre_roll = 5;         ///< seconds before an event
  double post_roll = 5;        ///< seconds after it
  double max_clip = 300;       ///< seconds; the clip goes on in another file then
  std::uint64_t max_disk = 0;  ///< bytes of all event files together; 0: no limit
  bool overlay = false;        ///< record what mvgadetect draws
  int bitrate = 0;             ///< kbit/s, of what has to be encoded; 0: constant quality
  double reconnect = 0;        ///< seconds until a source that failed is started again; 0: never
  std::optional<double> threshold;
  double target_fpr = 0;  ///< 0: the model's
  /// A single frame makes no event, nor does one end it: an anomaly is one recording.
  EventSettings events{3, 5, 10};
  std::string weights;
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
  bool quiet = false;
};

}  // namespace mvga::tool
