// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The last seconds of a camera, as it encoded them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "gst/frames/handles.h"

namespace mvga::tool {

struct EncodedFrame {
  gst::Owned<GstBuffer> buffer;
  gst::Owned<GstCaps> caps;
  GstClockTime time = 0;  ///< when it is shown, in the time of the recording
  bool key = false;       ///< can be decoded without the frames before it
  std::chrono::steady_clock::time_point arrived;
  int orientation = 1;  ///< how the stream asks to be turned, as Frame has it

  std::size_t bytes() const { return gst_buffer_get_size(buffer.get()); }
};

/// Frames in the order in which they are decoded, numbered from 0. The oldest is always a key
/// frame. Bounded: what does not fit pushes out the oldest, with all that cannot be decoded without
/// it.
class EncodedRing {
 public:
  explicit EncodedRing(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  /// A frame that cannot be decoded, since no key frame came before it, is not kept.
  void add(EncodedFrame frame);
  /// Lets go of what nobody will ask for who starts at `time` or later, or at frame `from` or
  /// later.
  void drop_before(GstClockTime time, std::uint64_t from);
  void clear();

  std::uint64_t begin() const { return begin_; }
  std::uint64_t end() const { return begin_ + frames_.size(); }
  const EncodedFrame& operator[](std::uint64_t number) const;

  /// Where to start, so that everything from `time` on can be decoded; the oldest frame when it is
  /// not old enough; end() when there is none.
  std::uint64_t key_frame_before(GstClockTime time) const;
  /// The first frame at `time` or later; the newest when there is none. Not of an empty ring.
  const EncodedFrame& shown_at(GstClockTime time) const;

  std::size_t bytes() const { return bytes_; }
  /// Time of the newest frame for which there was no room.
  std::optional<GstClockTime> pushed_out() const { return pushed_out_; }

 private:
  void drop_until(std::uint64_t number);
  std::uint64_t next_key_frame(std::uint64_t after) const;

  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::uint64_t begin_ = 0;  ///< number of the oldest frame
  std::optional<GstClockTime> pushed_out_;
  std::deque<EncodedFrame> frames_;
};

}  // namespace mvga::tool
