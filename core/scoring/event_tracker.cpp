// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/event_tracker.h"

#include <algorithm>

namespace mvga {

EventTracker::Change EventTracker::update(const Detection& detection, std::uint64_t time,
                                          const EventSettings& settings) {
  if (active_) {
    if (detection.anomalous) {
      normal_in_a_row_ = 0;
      absorb(detection, time);
      return Change::none;
    }
    return ++normal_in_a_row_ >= settings.release_frames ? finish() : Change::none;
  }
  window_.push_back(detection.anomalous);
  while (window_.size() > std::max(settings.trigger_window, settings.trigger_frames))
    window_.pop_front();
  if (!detection.anomalous ||
      std::count(window_.begin(), window_.end(), true) < settings.trigger_frames)
    return Change::none;
  active_ = true;
  const std::uint64_t id = event_.id + 1;
  event_ = Event();
  event_.id = id;
  event_.start = time;
  absorb(detection, time);
  return Change::started;
}

EventTracker::Change EventTracker::finish() {
  const bool was_active = active_;
  reset();
  return was_active ? Change::ended : Change::none;
}

void EventTracker::reset() {
  window_.clear();
  normal_in_a_row_ = 0;
  active_ = false;
}

void EventTracker::absorb(const Detection& detection, std::uint64_t time) {
  event_.end = time;
  ++event_.frames;
  if (event_.frames > 1 && detection.score <= event_.peak_score) return;
  event_.peak_score = detection.score;
  event_.peak_p_value = detection.p_value;
  event_.peak_regions = detection.regions;
}

}  // namespace mvga
