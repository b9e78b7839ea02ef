// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "examples/watch/describe.h"

#include <cstdio>

namespace watch {

std::string describe(const Event& event) {
  char text[160];
  std::snprintf(text, sizeof text,
                "event %d, %.1f s to %.1f s: score %.1f (alarm from %.1f), p = %.2g",
                static_cast<int>(event.id), event.start, event.end, event.peak_score,
                event.threshold, event.p_value);
  return text;
}

std::string describe(const std::string& name, const Snapshot& snapshot) {
  char text[80];
  std::snprintf(text, sizeof text, " at %.1f s, score %.1f", snapshot.time, snapshot.score);
  return name + text;
}

}  // namespace watch
