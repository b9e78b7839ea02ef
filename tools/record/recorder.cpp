// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/recorder.h"

#include <utility>

#include "core/base/error.h"
#include "core/io/atomic_file.h"

namespace mvga::tool {

void Recorder::set_patient(bool patient) {
  const std::lock_guard lock(mutex_);
  clips_.set_patient(patient);
}

void Recorder::add(EncodedFrame frame) {
  const std::lock_guard lock(mutex_);
  clips_.add(std::move(frame));
  clips_.proceed(watched_);
}

void Recorder::watched(const Frame& frame, const Detection& detection, GstClockTime time) {
  const double peak_before = tracker_.active() ? tracker_.event().peak_score : 0;
  const EventTracker::Change change = tracker_.update(detection, time, settings_.events);
  const bool started = change == EventTracker::Change::started;
  const bool peak = started || is_peak(detection, peak_before);
  if (peak) {
    peak_.emplace(frame);
    peak_->draw(detection, painter_);
  }
  std::string ended;
  {
    const std::lock_guard lock(mutex_);
    watched_ = time;
    clips_.set_frame_size({frame.width(), frame.height()});
    if (started) begin_event(detection.threshold, frame.orientation());
    OpenEvents& events = clips_.events();
    if (RecordedEvent* event = events.active()) {
      if (detection.anomalous)
        event->ended = event->started + std::chrono::duration_cast<WallClock::duration>(
                                            clips_.arrival_at(time) - events.arrived());
      if (peak) event->peak_time = time;
      event->event = tracker_.event();
      clips_.show_until(event->event.end + settings_.post_roll);
      events.set_active(tracker_.active());
      if (events.any_active())
        clips_.show_until(time);
      else
        ended = event->name;
    }
    clips_.proceed(watched_);
  }
  if (!ended.empty()) write_picture(ended);
}

bool Recorder::is_peak(const Detection& detection, double peak_before) const {
  return tracker_.active() && detection.anomalous && detection.score > peak_before;
}

void Recorder::begin_event(double threshold, int orientation) {
  RecordedEvent event;
  event.event = tracker_.event();
  event.threshold = threshold;
  event.model = settings_.model_id;
  event.orientation = orientation;
  clips_.begin(std::move(event));
}

/// In the thread that watches, so that no more of them wait than one.
void Recorder::write_picture(const std::string& name) {
  if (!peak_) return;
  try {
    write_file_atomically(settings_.folder / (name + ".jpg"), peak_->encoded(PictureFormat::jpeg));
  } catch (const Error& e) {
    losses_.add(e.what());
  }
  peak_.reset();
}

void Recorder::end() {
  const bool ended = tracker_.finish() == EventTracker::Change::ended;
  if (ended) write_picture(clips_.events().last().name);
  const std::lock_guard lock(mutex_);
  clips_.end();
  watched_ = 0;
}

void Recorder::pause(bool paused) {
  const std::lock_guard lock(mutex_);
  clips_.pause(paused);
}

std::uint64_t Recorder::open_bytes() const {
  const std::lock_guard lock(mutex_);
  return clips_.open_bytes();
}

std::vector<Recorder::Finished> Recorder::take_finished() {
  const std::lock_guard lock(mutex_);
  return clips_.take_finished();
}

}  // namespace mvga::tool
