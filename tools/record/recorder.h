// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which frames become clips.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/scoring/event_tracker.h"
#include "gst/drawing/overlay_painter.h"
#include "tools/drawing/picture.h"
#include "tools/record/clip_sequence.h"
#include "tools/record/encoded_ring.h"
#include "tools/record/losses.h"
#include "tools/record/recorder_settings.h"

namespace mvga::tool {

/// Brings together what was encoded and what was seen, by the time at which frames are shown: the
/// detector is always behind, and how far does not matter.
///
/// Frames come from one thread, detections from another, and a third takes what is finished.
class Recorder {
 public:
  using Finished = FinishedClip;

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
  bool is_peak(const Detection& detection, double peak_before) const;
  void begin_event(double threshold, int orientation);
  void write_picture(const std::string& name);

  RecorderSettings settings_;
  Losses& losses_;

  // Of the thread that watches.
  EventTracker tracker_;
  std::optional<Picture> peak_;
  overlay::OverlayPainter painter_{overlay::OverlaySettings{}};

  mutable std::mutex mutex_;  ///< of what follows
  GstClockTime watched_ = 0;  ///< frames up to here have had their inference
  ClipSequence clips_{settings_, losses_};
};

}  // namespace mvga::tool
