// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which encoded frames are in which file.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tools/record/clip_writer.h"
#include "tools/record/encoded_ring.h"
#include "tools/record/losses.h"
#include "tools/record/open_events.h"
#include "tools/record/recorder_settings.h"

namespace mvga::tool {

struct FinishedClip {
  std::unique_ptr<ClipWriter> clip;   ///< to be polled; null when nothing could be written
  std::vector<RecordedEvent> events;  ///< to be written when the clip is done
};

/// A clip goes from the last key frame before the pre-roll to the end of the post-roll. Events
/// whose clips would touch share one. One that becomes too long goes on in another file, from a key
/// frame on, without a gap: frames behind the key frame that are shown before it are in the file
/// before, with a copy of it. Not thread-safe.
class ClipSequence {
 public:
  using SteadyClock = std::chrono::steady_clock;

  ClipSequence(const RecorderSettings& settings, Losses& losses)
      : settings_(settings), losses_(losses) {}

  void set_patient(bool patient) { patient_ = patient; }
  void set_frame_size(ClipWriter::FrameSize size) { size_ = size; }
  void pause(bool paused) { paused_ = paused; }

  void add(EncodedFrame frame);
  /// An event has begun: in the open clip, or in a new one.
  void begin(RecordedEvent event);
  OpenEvents& events() { return events_; }
  /// The clip has what is shown until then.
  void show_until(GstClockTime time) { until_ = std::max(until_, time); }
  /// Writes what can be written by now.
  /// @param watched frames up to there have had their inference
  void proceed(GstClockTime watched);
  /// No more frames come in.
  void end();

  std::uint64_t open_bytes() const { return writer_ ? writer_->bytes() : 0; }
  std::vector<FinishedClip> take_finished() { return std::exchange(finished_, {}); }
  /// The encoder may be behind the detector.
  SteadyClock::time_point arrival_at(GstClockTime time) const;
  WallClock::time_point wall_time(SteadyClock::time_point time) const;

 private:
  void open_clip(const RecordedEvent& event, SteadyClock::time_point arrived);
  void write_due();
  bool is_due(std::uint64_t number) const;
  void write_leading_frames(std::uint64_t key);
  void continue_at(const EncodedFrame& frame);
  bool to_be_cut(const EncodedFrame& frame) const;
  void open_writer(const EncodedFrame& frame);
  void choose_name(SteadyClock::time_point start);
  void look_for_gaps();
  void say_what_is_missing();
  void close_writer();
  bool over(GstClockTime watched) const;
  void end_clip();

  const RecorderSettings& settings_;
  Losses& losses_;
  EncodedRing ring_{256 << 20};
  bool patient_ = true;
  bool paused_ = false;
  bool at_end_ = false;                 ///< no more frames come in
  bool recording_ = false;              ///< a clip is open
  std::unique_ptr<ClipWriter> writer_;  ///< null while the disk does not take it
  std::uint64_t next_ = 0;              ///< number of the first frame that the clip does not have
  GstClockTime until_ = 0;              ///< the clip has frames up to here
  GstClockTime retry_ = 0;
  std::uint64_t missing_ = 0;   ///< frames that the open clip should have
  ClipWriter::FrameSize size_;  ///< of the frames that were watched
  std::string name_;            ///< of the last clip, or the one to be opened
  bool name_taken_ = true;
  OpenEvents events_;  ///< of the open clip
  std::vector<FinishedClip> finished_;
};

}  // namespace mvga::tool
