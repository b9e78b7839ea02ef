// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a recording says to whoever started it.
#pragma once

#include <cstdint>

#include "tools/record/event_files.h"
#include "tools/record/frame_counts.h"
#include "tools/record/losses.h"
#include "tools/record/settings.h"

namespace mvga::tool {

class SessionReport {
 public:
  SessionReport(const RecordSettings& settings, Losses& losses)
      : settings_(settings), losses_(losses) {}

  /// Of a source that has ended. What it lacks is a loss.
  void add(const FrameCounts& counts);
  /// A line for each event whose files are there.
  void add(const RecordedEvent& event);
  void summarise() const;

  std::uint64_t watched() const { return counts_.watched; }

 private:
  void print(const RecordedEvent& event) const;

  const RecordSettings& settings_;
  Losses& losses_;
  FrameCounts counts_;
  std::uint64_t events_ = 0;
};

}  // namespace mvga::tool
