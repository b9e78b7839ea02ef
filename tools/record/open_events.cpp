// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/open_events.h"

#include <utility>

namespace mvga::tool {

void OpenEvents::begin(RecordedEvent event, Time arrived) {
  events_.push_back(std::move(event));
  arrived_ = arrived;
  active_ = true;
}

void OpenEvents::go_on_in(const ClipOfEvent& clip, const std::string& name) {
  for (RecordedEvent& event : events_) event.clips.push_back(clip);
  if (RecordedEvent* event = active()) event->name = event_name(name, event->event.id);
}

std::vector<RecordedEvent> OpenEvents::take_before(std::uint64_t time) {
  std::vector<RecordedEvent> taken;
  while (events_.size() > (active_ ? 1U : 0U) && events_.front().event.end < time) {
    taken.push_back(std::move(events_.front()));
    events_.erase(events_.begin());
  }
  return taken;
}

std::vector<RecordedEvent> OpenEvents::take_all() {
  return std::exchange(events_, {});
}

}  // namespace mvga::tool
