// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Where a source's frames come into the recording, and get its time.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <functional>
#include <string>

#include "tools/media/playing_time.h"
#include "tools/record/stream_time.h"

namespace mvga::tool {

/// Behind it there is one segment that begins at 0, and PTS are times of the recording: all that
/// comes after, decoders and encoders included, has the same.
class Entrance {
 public:
  using Warn = std::function<void(const std::string&)>;

  /// @param pad what leaves it is changed; it lives longer than what flows through it
  /// @param warn called on the thread of the stream
  Entrance(GstPad* pad, const StreamTime::Pace& pace, Warn warn);
  ~Entrance() = default;
  Entrance(const Entrance&) = delete;
  Entrance& operator=(const Entrance&) = delete;

  /// By the times of the source. Of the thread of the stream, or when it has ended.
  const PlayingTime& playing_time() const { return playing_time_; }

 private:
  static GstPadProbeReturn on_data(GstPad* pad, GstPadProbeInfo* info, gpointer self);
  GstPadProbeReturn pass(GstPad* pad, GstPadProbeInfo* info);
  void pass_buffer(GstPad* pad, GstPadProbeInfo* info);
  void take_caps(GstEvent* event);
  void complain_of(const StreamTime::Jump& jump);

  StreamTime time_;
  PlayingTime playing_time_;
  Warn warn_;
  GstSegment segment_{};
  std::uint64_t jumps_ = 0;
  bool began_ = false;
};

}  // namespace mvga::tool
