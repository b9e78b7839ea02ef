// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which frames become clips.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/scoring/event_tracker.h"
#include "gst/drawing/overlay_painter.h"
#include "tools/drawing/picture.h"
#include "tools/record/clip_writer.h"
#include "tools/record/encoded_ring.h"
#include "tools/record/event_files.h"
#include "tools/record/losses.h"

namespace mvga::tool {

struct RecorderSettings {
  std::filesystem::path folder;
  GstClockTime pre_roll = 5 * GST_SECOND;
  GstClockTime post_roll = 5 * GST_SECOND;
  GstClockTime max_clip = 300 * GST_SECOND;
  std::uint64_t max_clip_bytes = std::numeric_limits<std::uint64_t>::max();
  EventSettings events;
  std::string model_id;
  /// For names, and what people read; it may be set at any time.
  std::function<WallClock::time_point()> wall_clock = WallClock::now;
};

/// Brings together what was encoded and what was seen, by the time at which frames are shown: the
/// detector is always behind, and how far does not matter.
///
/// A clip goes from the last key frame before the pre-roll to the end of the post-roll. Events
/// whose clips would touch share one. One that becomes too long goes on in another file, from a key
/// frame on, without a gap: frames behind the key frame that are shown before it are in the file
/// before, with a copy of it.
///
/// Frames come from one thread, detections from another, and a third takes what is finished.
class Recorder {
 public:
  struct Finished {
    std::unique_ptr<ClipWriter> clip;   ///< to be polled; null when nothing could be written
    std::vector<RecordedEvent> events;  ///< to be written when the clip is done
  };

  /// @param losses is told what is in no clip, though it should be
  Recorder(RecorderSettings settings, Losses& losses)
      : settings_(std::move(settings)), losses_(losses) {}

  /// Whether the stream can wait for the disk: a camera cannot.
  void set_patient(bool patient);
  void add(EncodedFrame frame);
  /// Results, in the order of the frames.
  void watched(const Frame& frame, const Detection& detection, GstClockTime time);
  /// The stream is over; another may follow, whose times begin again. Not while others call.
  void end();

  /// Ends the open clip and begins no other until it is called with false: the disk is full.
  void pause(bool paused);
  std::uint64_t open_bytes() const;
  std::vector<Finished> take_finished();

 private:
  using SteadyClock = std::chrono::steady_clock;

  bool is_peak(const Detection& detection, double peak_before) const;
  void begin_event(double threshold);
  void write_picture(const std::string& name);
  RecordedEvent* active_event();
  void proceed();
  void write_due();
  bool is_due(std::uint64_t number) const;
  bool awaits_leading_frames(std::uint64_t number) const;
  std::uint64_t leading_end(std::uint64_t key) const;
  void write_leading_frames(std::uint64_t key);
  void continue_at(const EncodedFrame& frame);
  bool to_be_cut(const EncodedFrame& frame) const;
  void open_writer(const EncodedFrame& frame);
  void choose_name(SteadyClock::time_point start);
  void look_for_gaps();
  void say_what_is_missing();
  void close_writer();
  std::vector<RecordedEvent> take_events_before(GstClockTime time);
  void end_clip();
  bool over() const;
  SteadyClock::time_point arrival_at(GstClockTime time) const;
  WallClock::time_point wall_time(SteadyClock::time_point time) const;

  RecorderSettings settings_;
  Losses& losses_;

  // Of the thread that watches.
  EventTracker tracker_;
  std::optional<Picture> peak_;
  overlay::OverlayPainter painter_{overlay::OverlaySettings{}};

  mutable std::mutex mutex_;  ///< of what follows
  EncodedRing ring_{256 << 20};
  bool patient_ = true;
  bool paused_ = false;
  bool at_end_ = false;                 ///< no more frames come in
  GstClockTime watched_ = 0;            ///< frames up to here have had their inference
  bool recording_ = false;              ///< a clip is open
  std::unique_ptr<ClipWriter> writer_;  ///< null while the disk does not take it
  std::uint64_t next_ = 0;              ///< number of the first frame that the clip does not have
  GstClockTime until_ = 0;              ///< the clip has frames up to here
  GstClockTime retry_ = 0;
  std::uint64_t missing_ = 0;  ///< frames that the open clip should have
  int width_ = 0;              ///< of the frames that were watched
  int height_ = 0;
  int orientation_ = 1;
  std::string name_;  ///< of the last clip, or the one to be opened
  bool name_taken_ = true;
  std::vector<RecordedEvent> events_;      ///< of the open clip; the last one may be going on
  SteadyClock::time_point event_arrived_;  ///< its first frame
  bool event_active_ = false;
  std::vector<Finished> finished_;
};

}  // namespace mvga::tool
