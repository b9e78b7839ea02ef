// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/finished_clips.h"

#include <filesystem>
#include <span>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/io/atomic_file.h"

namespace mvga::tool {

namespace fs = std::filesystem;

void FinishedClips::give_up() {
  losses_.add("the last clip is not finished");
  for (Recorder::Finished& finished : waiting_) {
    finished.clip.reset();
    for (const RecordedEvent& event : finished.events) write(event);
  }
  waiting_.clear();
}

bool FinishedClips::look_after(std::vector<Recorder::Finished> more) {
  for (Recorder::Finished& finished : more) waiting_.push_back(std::move(finished));
  bool changed = false;
  // In their order, so that an event's last clip is not there before the others.
  while (!waiting_.empty()) {
    const Recorder::Finished& first = waiting_.front();
    const auto state = first.clip ? first.clip->poll() : ClipWriter::State::done;
    if (state == ClipWriter::State::busy) break;
    if (state == ClipWriter::State::failed)
      losses_.add(first.clip->file().string() +
                  ": the clip cannot be written: " + first.clip->failure());
    for (const RecordedEvent& event : first.events) write(event);
    waiting_.erase(waiting_.begin());
    changed = true;
  }
  return changed;
}

void FinishedClips::write(const RecordedEvent& event) {
  const std::string json = event_json(event, settings_.folder);
  try {
    write_file_atomically(fs::path(settings_.folder) / (event.name + ".json"),
                          std::as_bytes(std::span(json)));
  } catch (const Error& e) {
    losses_.add(e.what());
  }
  if (clips_there(event, settings_.folder).empty())
    losses_.add("event " + std::to_string(event.event.id) + " has no clip");
  report_.add(event);
}

}  // namespace mvga::tool
