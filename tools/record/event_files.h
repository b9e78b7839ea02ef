// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The files that a recording leaves, by name and content.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/scoring/event_tracker.h"

namespace mvga::tool {

using WallClock = std::chrono::system_clock;

/// "mvga-20261124T175639123Z", in UTC: names sort as the clips were recorded, if no clock was set.
/// The clip is NAME.mkv, or NAME.mp4 and NAME.mov of video that is to be turned; the events that
/// end in it are NAME-event12.json, with a picture NAME-event12.jpg.
std::string clip_name(WallClock::time_point start);
std::string event_name(const std::string& clip, std::uint64_t id);

/// The same, or of the next millisecond for which the folder has no clip. A clock that was set back
/// gives names a second time.
std::string free_clip_name(const std::filesystem::path& folder, WallClock::time_point start,
                           const std::string& last);

/// Where a file is until it is whole.
std::filesystem::path part_file(const std::filesystem::path& file);

/// The clip that a file belongs to, as clip_name() gives it; empty if it has no name of these.
std::string clip_of(const std::string& file_name);

/// Removes what a recording that was killed has left half-written.
void remove_parts(const std::filesystem::path& folder);

/// Times are of the stream, in nanoseconds.
struct ClipOfEvent {
  std::string file;
  std::uint64_t start = 0;  ///< of its first frame
};

struct RecordedEvent {
  Event event;
  std::uint64_t peak_time = 0;
  double threshold = 0;
  WallClock::time_point started;  ///< when the frames came in
  WallClock::time_point ended;
  int orientation = 1;  ///< of the frames, as Frame has it
  std::string model;
  std::string name;  ///< as event_name() gives it
  std::vector<ClipOfEvent> clips;
};

/// The clips of the event that are in the folder.
std::vector<ClipOfEvent> clips_there(const RecordedEvent& recorded,
                                     const std::filesystem::path& folder);

/// What is known of an event, for other programs. Only files that are in the folder are named.
std::string event_json(const RecordedEvent& recorded, const std::filesystem::path& folder);

}  // namespace mvga::tool
