// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/recorder.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/io/atomic_file.h"

namespace mvga::tool {
namespace {

/// After the disk has refused a clip.
constexpr GstClockTime kPause = 10 * GST_SECOND;
/// Frames that a decoder may hold back to bring them into order: of all standards.
constexpr std::uint64_t kMostReordered = 16;

GstClockTime minus(GstClockTime time, GstClockTime length) {
  return time > length ? time - length : 0;
}

}  // namespace

void Recorder::set_patient(bool patient) {
  const std::lock_guard lock(mutex_);
  patient_ = patient;
}

void Recorder::add(EncodedFrame frame) {
  const std::lock_guard lock(mutex_);
  ring_.add(std::move(frame));
  look_for_gaps();
  proceed();
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
    width_ = frame.width();
    height_ = frame.height();
    orientation_ = frame.orientation();
    if (started) begin_event(detection.threshold);
    if (RecordedEvent* event = active_event()) {
      if (detection.anomalous)
        event->ended = event->started + std::chrono::duration_cast<WallClock::duration>(
                                            arrival_at(time) - event_arrived_);
      if (peak) event->peak_time = time;
      event->event = tracker_.event();
      until_ = std::max(until_, event->event.end + settings_.post_roll);
      event_active_ = tracker_.active();
      if (event_active_)
        until_ = std::max(until_, time);
      else
        ended = event->name;
    }
    proceed();
  }
  if (!ended.empty()) write_picture(ended);
}

bool Recorder::is_peak(const Detection& detection, double peak_before) const {
  return tracker_.active() && detection.anomalous && detection.score > peak_before;
}

void Recorder::begin_event(double threshold) {
  RecordedEvent event;
  event.event = tracker_.event();
  event.threshold = threshold;
  event_arrived_ = arrival_at(event.event.start);
  event.started = wall_time(event_arrived_);
  event.ended = event.started;
  event.model = settings_.model_id;
  event.orientation = orientation_;
  if (!recording_) {
    recording_ = true;
    const GstClockTime wanted = minus(event.event.start, settings_.pre_roll);
    next_ = ring_.key_frame_before(wanted);
    if (ring_.pushed_out() && *ring_.pushed_out() >= wanted)
      losses_.add(
          "a clip begins later than --pre-roll says: the video before does not fit into memory");
    missing_ = 0;
    until_ = 0;
    retry_ = 0;
    choose_name(next_ < ring_.end() ? ring_[next_].arrived : event_arrived_);
  }
  if (writer_) event.clips.push_back({writer_->file().filename().string(), writer_->start()});
  event.name = event_name(name_, event.event.id);
  events_.push_back(std::move(event));
  event_active_ = true;
}

RecordedEvent* Recorder::active_event() {
  return event_active_ ? &events_.back() : nullptr;
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

void Recorder::proceed() {
  if (recording_) {
    write_due();
    if (over()) end_clip();
  }
  const std::uint64_t needed = recording_ ? next_ : std::numeric_limits<std::uint64_t>::max();
  ring_.drop_before(minus(watched_, settings_.pre_roll), needed);
}

void Recorder::write_due() {
  look_for_gaps();
  for (; is_due(next_); ++next_) {
    const EncodedFrame& frame = ring_[next_];
    if (frame.key) continue_at(frame);
    if (writer_)
      writer_->write(frame);
    else
      ++missing_;
    if (writer_ && (paused_ || writer_->poll() == ClipWriter::State::failed)) {
      close_writer();
      retry_ = frame.time + kPause;
    }
  }
}

/// Frames that are shown later are due as well, when those that come after them are.
bool Recorder::is_due(std::uint64_t number) const {
  if (number >= ring_.end()) return false;
  const std::uint64_t end = std::min(ring_.end(), number + kMostReordered);
  std::uint64_t due = number;
  while (due < end && ring_[due].time > until_) ++due;
  return due < end && (at_end_ || !ring_[number].key || !awaits_leading_frames(number));
}

/// Behind a key frame there may be frames that are shown before it, and need it and those in front
/// of it. A clip that ends there is to have them; whether there are any, the next frame says.
bool Recorder::awaits_leading_frames(std::uint64_t number) const {
  return writer_ && to_be_cut(ring_[number]) && leading_end(number) == ring_.end();
}

/// The first frame behind such frames; the end when it has not come in yet.
std::uint64_t Recorder::leading_end(std::uint64_t key) const {
  std::uint64_t next = key + 1;
  while (next < ring_.end() && ring_[next].time < ring_[key].time) ++next;
  return next;
}

/// The frames that are shown before the key frame, and that itself, without which they are nothing.
void Recorder::write_leading_frames(std::uint64_t key) {
  const std::uint64_t end = leading_end(key);
  if (end == key + 1 || !writer_->goes_on_with(ring_[key])) return;
  for (std::uint64_t number = key; number < end; ++number) writer_->write(ring_[number]);
}

/// A key frame: where another file can begin.
void Recorder::continue_at(const EncodedFrame& frame) {
  if (writer_ && to_be_cut(frame)) {
    write_leading_frames(next_);
    close_writer();
    finished_.back().events = take_events_before(minus(frame.time, settings_.post_roll));
  }
  if (!writer_ && !paused_ && frame.time >= retry_) open_writer(frame);
}

bool Recorder::to_be_cut(const EncodedFrame& frame) const {
  return frame.time >= writer_->start() + settings_.max_clip ||
         writer_->bytes() >= settings_.max_clip_bytes || !writer_->goes_on_with(frame);
}

void Recorder::open_writer(const EncodedFrame& frame) {
  if (name_taken_) choose_name(frame.arrived);
  name_taken_ = true;
  const Container container = container_for(frame.caps.get(), frame.orientation);
  if (frame.orientation != 1 && !container.is_mp4)
    losses_.add("a clip lies on its side, for MP4 does not take this video");
  const std::filesystem::path file = settings_.folder / (name_ + container.ending);
  writer_ = std::make_unique<ClipWriter>(file, container, frame,
                                         ClipWriter::FrameSize{width_, height_}, patient_);
  for (RecordedEvent& event : events_)
    event.clips.push_back({file.filename().string(), frame.time});
  if (RecordedEvent* event = active_event()) event->name = event_name(name_, event->event.id);
}

void Recorder::choose_name(SteadyClock::time_point start) {
  name_ = free_clip_name(settings_.folder, wall_time(start), name_);
  name_taken_ = false;
}

/// Frames that were pushed out of memory before the clip had them.
void Recorder::look_for_gaps() {
  if (next_ >= ring_.begin()) return;
  if (recording_) missing_ += ring_.begin() - next_;
  next_ = ring_.begin();
}

void Recorder::say_what_is_missing() {
  if (missing_ == 0) return;
  losses_.add(std::to_string(missing_) + (missing_ == 1 ? " frame" : " frames") +
              " that belong to an event are in no clip");
  missing_ = 0;
}

void Recorder::close_writer() {
  writer_->finish();
  finished_.push_back({std::move(writer_), {}});
}

/// Events that have ended, and whose clip has: the rest goes on in the next clip.
std::vector<RecordedEvent> Recorder::take_events_before(GstClockTime time) {
  std::vector<RecordedEvent> taken;
  while (events_.size() > (event_active_ ? 1U : 0U) && events_.front().event.end < time) {
    taken.push_back(std::move(events_.front()));
    events_.erase(events_.begin());
  }
  return taken;
}

bool Recorder::over() const {
  return !event_active_ && watched_ > until_ + settings_.pre_roll && next_ < ring_.end() &&
         ring_[next_].time > until_;
}

void Recorder::end_clip() {
  if (writer_)
    close_writer();
  else
    finished_.emplace_back();
  finished_.back().events = std::exchange(events_, {});
  say_what_is_missing();
  recording_ = false;
}

void Recorder::end() {
  const bool ended = tracker_.finish() == EventTracker::Change::ended;
  if (ended) write_picture(events_.back().name);
  const std::lock_guard lock(mutex_);
  event_active_ = false;
  if (recording_) {
    at_end_ = true;
    write_due();
    at_end_ = false;
    end_clip();
  }
  ring_.clear();
  watched_ = 0;
}

void Recorder::pause(bool paused) {
  const std::lock_guard lock(mutex_);
  paused_ = paused;
}

std::uint64_t Recorder::open_bytes() const {
  const std::lock_guard lock(mutex_);
  return writer_ ? writer_->bytes() : 0;
}

std::vector<Recorder::Finished> Recorder::take_finished() {
  const std::lock_guard lock(mutex_);
  return std::exchange(finished_, {});
}

/// The encoder may be behind the detector.
Recorder::SteadyClock::time_point Recorder::arrival_at(GstClockTime time) const {
  return ring_.begin() < ring_.end() ? ring_.shown_at(time).arrived : SteadyClock::now();
}

WallClock::time_point Recorder::wall_time(SteadyClock::time_point time) const {
  return settings_.wall_clock() -
         std::chrono::duration_cast<WallClock::duration>(SteadyClock::now() - time);
}

}  // namespace mvga::tool
