// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The events of the clip that is being written.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "tools/record/event_files.h"

namespace mvga::tool {

/// The last one may be going on.
class OpenEvents {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// @param arrived its first frame
  void begin(RecordedEvent event, Time arrived);
  /// The one that is going on; null if none is.
  RecordedEvent* active() { return active_ ? &events_.back() : nullptr; }
  bool any_active() const { return active_; }
  void set_active(bool active) { active_ = active; }
  /// When the first frame of the last one came in.
  Time arrived() const { return arrived_; }
  const RecordedEvent& last() const { return events_.back(); }

  /// Another file has them; the one that is going on is called after it.
  void go_on_in(const ClipOfEvent& clip, const std::string& name);
  /// Those that were over before that time.
  std::vector<RecordedEvent> take_before(std::uint64_t time);
  std::vector<RecordedEvent> take_all();

 private:
  std::vector<RecordedEvent> events_;
  Time arrived_;
  bool active_ = false;
};

}  // namespace mvga::tool
