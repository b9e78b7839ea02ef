// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What was found, against what is known to be wrong in the film.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "examples/watch/event_log.h"

namespace watch {

/// One defect as mvga-inspection-line plants it.
struct Planted {
  std::string kind;
  double start = 0;  ///< seconds into the film
  double end = 0;
  std::vector<Region> boxes;  ///< where it is, frame by frame
};

/// @throws std::runtime_error with one line: no such file, not a ground truth
std::vector<Planted> load_ground_truth(const std::string& path);

struct Comparison {
  struct Line {
    Planted defect;
    std::optional<Event> event;  ///< none: missed
  };
  std::vector<Line> lines;
  std::vector<Event> false_events;

  std::size_t found() const;
};

/// A defect is found by an event that overlaps it in time and whose regions at the peak, if it has
/// any, touch one of the places where the defect is while it is seen. An event that finds none is
/// false.
Comparison compare(const std::vector<Planted>& defects, const std::vector<Event>& events);

/// A line for each defect and each false event, and one with the sums.
std::string describe(const Comparison& comparison);

}  // namespace watch
