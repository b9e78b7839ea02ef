// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/record.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "tools/output/output_folder.h"
#include "tools/output/progress.h"
#include "tools/record/disk_limit.h"
#include "tools/record/folder_lock.h"
#include "tools/record/interruption.h"
#include "tools/record/losses.h"
#include "tools/record/pipelines.h"
#include "tools/record/recorder.h"
#include "tools/record/recording_pipeline.h"
#include "tools/record/watcher.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;
using Ending = RecordingPipeline::Ending;

constexpr auto kTick = 50ms;
constexpr auto kLookAtDisk = 1s;
/// For the disk to take the rest of a clip at the end.
constexpr auto kLongestFinish = 30s;
/// Who asks again later does not want to wait; a shell may tell a program and its group at once.
constexpr auto kSameSignal = 500ms;

/// At the beginning and at the end of a film there may be some whose neighbours are not in it.
constexpr std::uint64_t kMostUndecoded = 16;

GstClockTime to_clock_time(double seconds) {
  return static_cast<GstClockTime>(std::llround(seconds * static_cast<double>(GST_SECOND)));
}

RecorderSettings recorder_settings(const RecordSettings& settings, const std::string& model_id) {
  RecorderSettings s;
  s.folder = settings.folder;
  s.pre_roll = to_clock_time(settings.pre_roll);
  s.post_roll = to_clock_time(settings.post_roll);
  s.max_clip = to_clock_time(settings.max_clip);
  // So that an event that does not end leaves room for what is being written.
  if (settings.max_disk > 0) s.max_clip_bytes = settings.max_disk / 2;
  s.events = settings.events;
  s.model_id = model_id;
  return s;
}

std::string plural(std::uint64_t count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

class Session {
 public:
  explicit Session(const RecordSettings& settings)
      : settings_(settings),
        lock_(prepared(settings.folder)),
        watcher_(settings),
        recorder_(recorder_settings(settings, watcher_.model_id()), losses_),
        disk_(settings.folder, settings.max_disk) {
    remove_parts(settings.folder);
    disk_.refresh();
  }

  std::optional<int> run();

 private:
  static const std::string& prepared(const std::string& folder) {
    make_output_folder(folder);
    return folder;
  }
  Ending watch_and_finish();
  Ending watch();
  void finish();
  void give_up_clips();
  void look_after_clips();
  void look_after_disk();
  void write(const RecordedEvent& event);
  void print(const RecordedEvent& event) const;
  void summarise() const;
  void add(const FrameCounts& counts);

  const RecordSettings& settings_;
  Interruption interruption_;
  std::optional<int> signal_;
  FolderLock lock_;
  Losses losses_;
  Watcher watcher_;
  Recorder recorder_;
  DiskLimit disk_;
  std::vector<Recorder::Finished> finishing_;
  Clock::time_point disk_seen_;
  bool disk_full_ = false;
  FrameCounts counts_;  ///< of the sources that have ended
  std::uint64_t events_ = 0;
};

std::optional<int> Session::run() {
  for (;;) {
    const Ending ending = watch_and_finish();
    if (signal_ || !ending.failed) break;
    if (settings_.reconnect <= 0) {
      summarise();
      throw Error(ErrorKind::unreadable, ending.text);
    }
    say("warning: " + ending.text + "; it is started again in " +
        std::to_string(std::lround(settings_.reconnect)) + " s");
    signal_ =
        interruption_.wait(std::chrono::milliseconds(std::llround(1000 * settings_.reconnect)));
    if (signal_) break;
  }
  summarise();
  if (losses_.any())
    throw Error(ErrorKind::unwritable, settings_.folder +
                                           ": not everything is there that should have been "
                                           "recorded; the warnings say what is missing");
  return signal_;
}

/// What was begun is finished, even when the detector fails.
Ending Session::watch_and_finish() {
  Ending ending;
  try {
    ending = watch();
  } catch (const Error&) {
    finish();
    throw;
  }
  finish();
  return ending;
}

Ending Session::watch() {
  RecordingPipeline pipeline(settings_, watcher_, recorder_);
  Progress progress("watching", 0, settings_.quiet);
  std::optional<Ending> ending;
  while (!ending && !signal_) {
    signal_ = interruption_.wait(kTick);
    look_after_clips();
    look_after_disk();
    progress.show(counts_.watched + pipeline.counts().watched);
    ending = pipeline.poll();
  }
  pipeline.stop();
  if (ending && !ending->failed && !ending->text.empty()) losses_.add(ending->text);
  add(pipeline.counts());
  return ending.value_or(Ending{});
}

void Session::add(const FrameCounts& counts) {
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

void Session::finish() {
  recorder_.end();
  const auto start = Clock::now();
  do {
    look_after_clips();
    if (finishing_.empty()) break;
    const auto again = interruption_.wait(kTick);
    const auto waited = Clock::now() - start;
    if ((again && waited > kSameSignal) || waited > kLongestFinish) {
      give_up_clips();
    }
  } while (!finishing_.empty());
  look_after_disk();
}

void Session::give_up_clips() {
  losses_.add("the last clip is not finished");
  for (Recorder::Finished& finished : finishing_) {
    finished.clip.reset();
    for (const RecordedEvent& event : finished.events) write(event);
  }
  finishing_.clear();
}

void Session::look_after_clips() {
  for (Recorder::Finished& finished : recorder_.take_finished())
    finishing_.push_back(std::move(finished));
  // In their order, so that an event's last clip is not there before the others.
  while (!finishing_.empty()) {
    const Recorder::Finished& first = finishing_.front();
    const auto state = first.clip ? first.clip->poll() : ClipWriter::State::done;
    if (state == ClipWriter::State::busy) return;
    if (state == ClipWriter::State::failed)
      losses_.add(first.clip->file().string() +
                  ": the clip cannot be written: " + first.clip->failure());
    for (const RecordedEvent& event : first.events) write(event);
    finishing_.erase(finishing_.begin());
    disk_.refresh();
    disk_seen_ = {};
  }
}

void Session::look_after_disk() {
  if (Clock::now() - disk_seen_ < kLookAtDisk) return;
  disk_seen_ = Clock::now();
  disk_.enforce(recorder_.open_bytes());
  const bool full = nearly_full(settings_.folder);
  if (full && !disk_full_)
    say("warning: " + settings_.folder + ": the disk is full; nothing is recorded until it is not");
  disk_full_ = full;
  recorder_.pause(full);
}

void Session::write(const RecordedEvent& event) {
  ++events_;
  const std::string json = event_json(event, settings_.folder);
  try {
    write_file_atomically(fs::path(settings_.folder) / (event.name + ".json"),
                          std::as_bytes(std::span(json)));
  } catch (const Error& e) {
    losses_.add(e.what());
  }
  if (clips_there(event, settings_.folder).empty())
    losses_.add("event " + std::to_string(event.event.id) + " has no clip");
  if (!settings_.quiet) print(event);
}

void Session::print(const RecordedEvent& event) const {
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

void Session::summarise() const {
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

}  // namespace

std::optional<int> record(const RecordSettings& settings) {
  require_encoder(PictureFormat::jpeg);
  return Session(settings).run();
}

}  // namespace mvga::tool
