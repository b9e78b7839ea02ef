// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The most telling frames of a stream, taken from the metadata that mvgadetect attaches.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <map>

#include "examples/common/handles.h"

namespace watch {

struct Snapshot {
  double score = 0;
  mvga::examples::Sample frame;
};

/// Keeps one frame for each event, where its score is highest, and the most normal frame. Of many
/// events those with the highest scores stay, so that memory does not grow with the video.
class Snapshots {
 public:
  /// Looks at every buffer that leaves `pad`, in the streaming thread.
  void follow(GstPad* pad);

  // To be read when the pipeline has stopped.
  std::uint64_t frames() const { return frames_; }
  const Snapshot& most_normal() const { return most_normal_; }
  const std::map<std::uint64_t, Snapshot>& of_events() const { return of_events_; }

 private:
  void look(GstPad* pad, GstBuffer* buffer);
  void keep_best(std::uint64_t event, double score, GstPad* pad, GstBuffer* buffer);

  std::uint64_t frames_ = 0;
  Snapshot most_normal_;
  std::map<std::uint64_t, Snapshot> of_events_;  ///< by the event's number
};

}  // namespace watch
