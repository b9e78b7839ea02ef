// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The most telling frames of a stream, taken from the metadata that mvgadetect attaches.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <map>
#include <utility>

#include "examples/common/handles.h"

namespace watch {

struct Snapshot {
  double score = 0;
  double time = 0;  ///< seconds into the video
  mvga::examples::Sample frame;
};

/// Keeps the most normal frame and, for each event, the frame with the highest score in every five
/// seconds of it. Of many those with the highest scores stay, so that memory does not grow with the
/// video.
class Snapshots {
 public:
  /// Looks at every buffer that leaves `pad`, in the streaming thread.
  void follow(GstPad* pad);

  // To be read when the pipeline has stopped.
  std::uint64_t frames() const { return frames_; }
  const Snapshot& most_normal() const { return most_normal_; }
  /// By number of the event, and then in order of time.
  const auto& of_events() const { return of_events_; }

 private:
  void look(GstPad* pad, GstBuffer* buffer);
  void keep_best(std::uint64_t event, double score, GstPad* pad, GstBuffer* buffer);

  using EventAndSlice = std::pair<std::uint64_t, int>;

  std::uint64_t frames_ = 0;
  Snapshot most_normal_;
  std::map<EventAndSlice, Snapshot> of_events_;
};

}  // namespace watch
