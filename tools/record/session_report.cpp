// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/session_report.h"

#include <gst/gst.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;

/// At the beginning and at the end of a film there may be some whose neighbours are not in it.
constexpr std::uint64_t kMostUndecoded = 16;

std::string plural(std::uint64_t count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

}  // namespace

void SessionReport::add(const FrameCounts& counts) {
  counts_.recorded += counts.recorded;
  counts_.watched += counts.watched;
  counts_.skipped += counts.skipped;
  counts_.losses += counts.losses;
  counts_.kept_back += counts.kept_back;
  counts_.damaged += counts.damaged;
  if (counts.undecoded > kMostUndecoded || (counts.undecoded > 0 && counts.watched == 0))
    losses_.add(plural(counts.undecoded, "frame") +
                " could not be decoded, and were not looked at");
  if (counts.lost > 0)
    losses_.add(plural(counts.lost, "frame") + " had no time, and are in no clip");
}

void SessionReport::add(const RecordedEvent& event) {
  ++events_;
  if (!settings_.quiet) print(event);
}

void SessionReport::print(const RecordedEvent& event) const {
  const auto seconds = [](std::uint64_t time) {
    return static_cast<double>(time) / static_cast<double>(GST_SECOND);
  };
  const Event& e = event.event;
  const std::vector<ClipOfEvent> clips = clips_there(event, settings_.folder);
  const std::string file =
      clips.empty() ? "no clip" : (fs::path(settings_.folder) / clips[0].file).string();
  std::printf("event %llu, %.1f s to %.1f s: score %.1f (alarm from %.1f), p = %.2g: %s\n",
              static_cast<unsigned long long>(e.id), seconds(e.start), seconds(e.end), e.peak_score,
              event.threshold, e.peak_p_value, file.c_str());
}

void SessionReport::summarise() const {
  if (settings_.quiet || counts_.recorded == 0) return;
  std::printf("%s in %s\n", plural(events_, "event").c_str(),
              plural(counts_.recorded, "frame").c_str());
  if (counts_.skipped > 0)
    std::printf("%s not looked at: they came faster than the detector is\n",
                plural(counts_.skipped, "frame").c_str());
  if (counts_.damaged > 0)
    std::printf("%s not looked at: they came damaged\n", plural(counts_.damaged, "frame").c_str());
  if (counts_.losses > 0)
    std::printf(
        "something was lost on the way to the recorder %s; %s not looked at: they show "
        "nothing whole until the next key frame\n",
        plural(counts_.losses, "time").c_str(), plural(counts_.kept_back, "frame").c_str());
}

}  // namespace mvga::tool
