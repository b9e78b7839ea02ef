// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Watching a video with mvgadetect while recording what was seen.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "examples/watch/event_log.h"
#include "examples/watch/snapshots.h"

namespace watch {

struct Settings {
  std::string video;
  std::string model;
  std::string folder;  ///< for everything that is written
  /// Three of five frames start an event, ten normal ones in a row end it: a single frame that
  /// looks odd is not worth a line in the list.
  unsigned trigger_frames = 3;
  unsigned trigger_window = 5;
  unsigned release_frames = 10;
};

struct Watched {
  std::vector<Event> events;
  Snapshots snapshots;
};

/// Runs the video through mvgadetect to its end. Writes annotated.mkv: every frame, at its time.
/// `on_message` gets what is on the bus: warnings, and "progress" from the element progressreport.
/// @throws std::runtime_error with one line that says what is wrong
void watch_video(const Settings& settings, Watched& watched,
                 const std::function<void(GstMessage*)>& on_message);

}  // namespace watch
