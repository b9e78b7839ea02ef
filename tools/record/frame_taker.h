// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What leaves the stream: encoded frames to the recorder, decoded ones to the detector.
#pragma once

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <vector>

#include "gst/drawing/overlay_painter.h"
#include "gst/frames/handles.h"
#include "tools/record/first_failure.h"
#include "tools/record/recorder.h"
#include "tools/record/watcher.h"

namespace mvga::tool {

/// Counts may be asked for by any thread.
class FrameTaker {
 public:
  using Clock = std::chrono::steady_clock;

  FrameTaker(Watcher& watcher, Recorder& recorder, FirstFailure& failure)
      : watcher_(watcher), recorder_(recorder), failure_(failure) {}
  ~FrameTaker() = default;
  FrameTaker(const FrameTaker&) = delete;
  FrameTaker& operator=(const FrameTaker&) = delete;

  /// Takes from the sinks of a recording_graph(), which play from here on.
  void connect(GstElement* graph);
  void stop();

  std::uint64_t recorded() const { return recorded_; }
  std::uint64_t watched() const { return watched_; }
  std::uint64_t damaged() const { return damaged_; }
  std::uint64_t lost() const { return lost_; }
  /// When the last frame came in, or was watched.
  Clock::time_point last() const { return std::max(last_frame_.load(), last_watched_.load()); }
  void begin() { last_frame_ = Clock::now(); }

 private:
  void start(gst::Owned<GstElement> sink);
  void take_encoded(GstAppSink* sink, GstSample* sample);
  void take_frame(GstAppSink* sink, GstSample* sample);
  void pass_drawn(GstSample* sample, const Detection& detection, GstClockTime time);
  void pass_turned(const Frame& frame, const Detection& detection, GstClockTime time);

  Watcher& watcher_;
  Recorder& recorder_;
  FirstFailure& failure_;
  overlay::OverlayPainter painter_{overlay::OverlaySettings{}};

  std::atomic<Clock::time_point> last_frame_{Clock::now()};
  std::atomic<Clock::time_point> last_watched_{Clock::now()};
  std::atomic<std::uint64_t> recorded_ = 0;
  std::atomic<std::uint64_t> watched_ = 0;
  std::atomic<std::uint64_t> damaged_ = 0;
  std::atomic<std::uint64_t> lost_ = 0;

  std::vector<gst::Owned<GstElement>> sinks_;
  gst::Owned<GstElement> drawn_;  ///< takes the frames that were drawn on
};

}  // namespace mvga::tool
