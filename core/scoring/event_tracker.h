// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// When a run of anomalous frames becomes an event, and when the event is over.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "core/scoring/detection.h"

namespace mvga {

struct EventSettings {
  unsigned trigger_frames = 1;  ///< this many anomalous frames ...
  unsigned trigger_window = 1;  ///< ... among the last so many start an event
  unsigned release_frames = 1;  ///< this many normal frames in a row end it
};

/// Times are the caller's, in nanoseconds.
struct Event {
  std::uint64_t id = 0;     ///< running number, from 1
  std::uint64_t start = 0;  ///< of the first frame
  std::uint64_t end = 0;    ///< of the last anomalous frame
  std::uint64_t frames = 0;
  double peak_score = 0;
  double peak_p_value = 1;
  std::vector<Region> peak_regions;
};

/// Feed it every fresh result, in order. Not thread-safe.
class EventTracker {
 public:
  enum class Change { none, started, ended };

  Change update(const Detection& detection, std::uint64_t time, const EventSettings& settings);
  /// The stream is over: ends an event that is still going on.
  Change finish();
  /// Forgets what was seen; ids go on counting.
  void reset();

  /// The event that is going on, or has just ended.
  const Event& event() const { return event_; }
  bool active() const { return active_; }

 private:
  void absorb(const Detection& detection, std::uint64_t time);

  std::deque<bool> window_;
  unsigned normal_in_a_row_ = 0;
  bool active_ = false;
  Event event_;
};

}  // namespace mvga
