// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Clips that have all their frames, until their files and those of their events are there.
#pragma once

#include <vector>

#include "tools/record/disk_limit.h"
#include "tools/record/losses.h"
#include "tools/record/recorder.h"
#include "tools/record/session_report.h"
#include "tools/record/settings.h"

namespace mvga::tool {

class FinishedClips {
 public:
  FinishedClips(const RecordSettings& settings, Losses& losses, SessionReport& report)
      : settings_(settings), losses_(losses), report_(report) {}

  /// Writes what can be written by now.
  /// @return whether the folder has other files than before
  bool look_after(std::vector<Recorder::Finished> more);
  void give_up();
  bool empty() const { return waiting_.empty(); }

 private:
  void write(const RecordedEvent& event);

  const RecordSettings& settings_;
  Losses& losses_;
  SessionReport& report_;
  std::vector<Recorder::Finished> waiting_;
};

}  // namespace mvga::tool
