// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The events that mvgadetect announces on the bus.
#pragma once

#include <gst/gst.h>

#include <cstdint>
#include <vector>

namespace watch {

/// In fractions of the frame.
struct Region {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

struct Event {
  std::uint64_t id = 0;
  double start = 0;  ///< seconds into the video
  double end = 0;    ///< of the last unusual frame
  double peak_score = 0;
  double p_value = 1;
  double threshold = 0;
  std::vector<Region> regions;  ///< at the peak
};

class EventLog {
 public:
  /// Takes what is an `mvga-event` and leaves the rest.
  void handle(GstMessage* message);
  const std::vector<Event>& events() const { return events_; }

 private:
  void start(const GstStructure* s);
  void end(const GstStructure* s);

  std::vector<Event> events_;
  GstClockTime start_pts_ = 0;
};

}  // namespace watch
