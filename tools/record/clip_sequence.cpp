// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/clip_sequence.h"

#include <algorithm>
#include <filesystem>
#include <limits>

#include "tools/record/container.h"
#include "tools/record/reordering.h"

namespace mvga::tool {
namespace {

/// After the disk has refused a clip.
constexpr GstClockTime kPause = 10 * GST_SECOND;

GstClockTime minus(GstClockTime time, GstClockTime length) {
  return time > length ? time - length : 0;
}

}  // namespace

void ClipSequence::add(EncodedFrame frame) {
  ring_.add(std::move(frame));
  look_for_gaps();
}

void ClipSequence::begin(RecordedEvent event) {
  const SteadyClock::time_point arrived = arrival_at(event.event.start);
  event.started = wall_time(arrived);
  event.ended = event.started;
  if (!recording_) open_clip(event, arrived);
  if (writer_) event.clips.push_back({writer_->file().filename().string(), writer_->start()});
  event.name = event_name(name_, event.event.id);
  events_.begin(std::move(event), arrived);
}

void ClipSequence::open_clip(const RecordedEvent& event, SteadyClock::time_point arrived) {
  recording_ = true;
  const GstClockTime wanted = minus(event.event.start, settings_.pre_roll);
  next_ = ring_.key_frame_before(wanted);
  if (ring_.pushed_out() && *ring_.pushed_out() >= wanted)
    losses_.add(
        "a clip begins later than --pre-roll says: the video before does not fit into memory");
  missing_ = 0;
  until_ = 0;
  retry_ = 0;
  choose_name(next_ < ring_.end() ? ring_[next_].arrived : arrived);
}

void ClipSequence::proceed(GstClockTime watched) {
  if (recording_) {
    write_due();
    if (over(watched)) end_clip();
  }
  const std::uint64_t needed = recording_ ? next_ : std::numeric_limits<std::uint64_t>::max();
  ring_.drop_before(minus(watched, settings_.pre_roll), needed);
}

void ClipSequence::end() {
  events_.set_active(false);
  if (recording_) {
    at_end_ = true;
    write_due();
    at_end_ = false;
    end_clip();
  }
  ring_.clear();
}

void ClipSequence::write_due() {
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

/// A file that is cut at a key frame is to have the frames behind it that are shown before it;
/// whether there are any, the next frame says.
bool ClipSequence::is_due(std::uint64_t number) const {
  if (!is_needed_until(ring_, number, until_)) return false;
  const bool cut = writer_ && ring_[number].key && to_be_cut(ring_[number]);
  return !cut || at_end_ || end_of_leading_frames(ring_, number) < ring_.end();
}

/// The frames that are shown before the key frame, and that itself, without which they are nothing.
void ClipSequence::write_leading_frames(std::uint64_t key) {
  const std::uint64_t end = end_of_leading_frames(ring_, key);
  if (end == key + 1 || !writer_->goes_on_with(ring_[key])) return;
  for (std::uint64_t number = key; number < end; ++number) writer_->write(ring_[number]);
}

/// A key frame: where another file can begin.
void ClipSequence::continue_at(const EncodedFrame& frame) {
  if (writer_ && to_be_cut(frame)) {
    write_leading_frames(next_);
    close_writer();
    finished_.back().events = events_.take_before(minus(frame.time, settings_.post_roll));
  }
  if (!writer_ && !paused_ && frame.time >= retry_) open_writer(frame);
}

bool ClipSequence::to_be_cut(const EncodedFrame& frame) const {
  return frame.time >= writer_->start() + settings_.max_clip ||
         writer_->bytes() >= settings_.max_clip_bytes || !writer_->goes_on_with(frame);
}

void ClipSequence::open_writer(const EncodedFrame& frame) {
  if (name_taken_) choose_name(frame.arrived);
  name_taken_ = true;
  const Container container = container_for(frame.caps.get(), frame.orientation);
  if (frame.orientation != 1 && !container.is_mp4)
    losses_.add("a clip lies on its side, for MP4 does not take this video");
  const std::filesystem::path file = settings_.folder / (name_ + container.ending);
  writer_ = std::make_unique<ClipWriter>(file, container, frame, size_, patient_);
  events_.go_on_in({file.filename().string(), frame.time}, name_);
}

void ClipSequence::choose_name(SteadyClock::time_point start) {
  name_ = free_clip_name(settings_.folder, wall_time(start), name_);
  name_taken_ = false;
}

/// Frames that were pushed out of memory before the clip had them.
void ClipSequence::look_for_gaps() {
  if (next_ >= ring_.begin()) return;
  if (recording_) missing_ += ring_.begin() - next_;
  next_ = ring_.begin();
}

void ClipSequence::say_what_is_missing() {
  if (missing_ == 0) return;
  losses_.add(std::to_string(missing_) + (missing_ == 1 ? " frame" : " frames") +
              " that belong to an event are in no clip");
  missing_ = 0;
}

void ClipSequence::close_writer() {
  writer_->finish();
  finished_.push_back({std::move(writer_), {}});
}

bool ClipSequence::over(GstClockTime watched) const {
  return !events_.any_active() && watched > until_ + settings_.pre_roll && next_ < ring_.end() &&
         ring_[next_].time > until_;
}

void ClipSequence::end_clip() {
  if (writer_)
    close_writer();
  else
    finished_.emplace_back();
  finished_.back().events = events_.take_all();
  say_what_is_missing();
  recording_ = false;
}

/// The encoder may be behind the detector.
ClipSequence::SteadyClock::time_point ClipSequence::arrival_at(GstClockTime time) const {
  return ring_.begin() < ring_.end() ? ring_.shown_at(time).arrived : SteadyClock::now();
}

WallClock::time_point ClipSequence::wall_time(SteadyClock::time_point time) const {
  return settings_.wall_clock() -
         std::chrono::duration_cast<WallClock::duration>(SteadyClock::now() - time);
}

}  // namespace mvga::tool
