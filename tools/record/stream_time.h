// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// One time for all of a recording, whatever the times of the source do.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

namespace mvga::tool {

/// Gives each frame a time that goes on, from what the source says of it and from when it came in.
/// Sources stamp a frame hours off, begin again at 0, repeat a time, or say none at all: what does
/// not go on from the frames before is taken to follow them, and a frame without a time has one
/// from the pace of the stream. Nanoseconds; not thread-safe.
class StreamTime {
 public:
  using Time = std::int64_t;

  /// What the source says, as running time; before the segment it is negative.
  struct Stamp {
    std::optional<Time> shown;    ///< PTS
    std::optional<Time> decoded;  ///< DTS
  };
  struct Placed {
    Time shown = 0;
    /// Where the source says it; negative where decoding begins before the first frame is shown.
    std::optional<Time> decoded;
  };
  struct Pace {
    Time interval = 0;      ///< from frame to frame, as caps have it; 0: not known
    bool live = false;      ///< frames come in when they are seen
    bool stored = false;    ///< they come in as fast as they can be read
    bool reorders = false;  ///< they may be shown in another order than they come in
  };
  /// The times of the source did not go on.
  struct Jump {
    Time at = 0;  ///< in the time of the recording
    Time by = 0;  ///< the source's time is so much later than it would be
  };

  void set_pace(const Pace& pace) { pace_ = pace; }
  const Pace& pace() const { return pace_; }

  /// Frames as they are decoded. A time is repeated or smaller than the last only where the order
  /// of showing is another.
  /// @param arrival of a clock that is never set
  Placed place(const Stamp& stamp, Time arrival);
  /// What the last frame was, if it was one.
  const std::optional<Jump>& jump() const { return jump_; }

 private:
  Placed begin(const Stamp& stamp);
  static Placed placed(const Stamp& stamp, Time reference);
  bool repeats(Time reference) const;
  bool fits(Time reference, Time offset, Time waited) const;
  bool reordered(Time reference, Time offset) const;
  void anchor(Time offset);
  Time expected(Time waited) const;
  Time longest_gap(Time waited) const;

  Pace pace_;
  Time offset_ = 0;  ///< from the source's time to ours
  Time frames_at_offset_ = 0;
  std::optional<Time> last_offset_;  ///< before that; a single frame may have been wrong
  std::optional<Time> front_;        ///< the latest time so far
  Time step_ = 0;                    ///< by which that grew; 0: not known
  Time arrival_ = 0;                 ///< of the last frame
  std::deque<Time> recent_;          ///< the source's times of the last frames
  std::optional<Jump> jump_;
};

}  // namespace mvga::tool
