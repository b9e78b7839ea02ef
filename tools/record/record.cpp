// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/record.h"

#include <chrono>
#include <cmath>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "tools/output/output_folder.h"
#include "tools/output/progress.h"
#include "tools/record/disk_limit.h"
#include "tools/record/finished_clips.h"
#include "tools/record/folder_lock.h"
#include "tools/record/interruption.h"
#include "tools/record/losses.h"
#include "tools/record/recorder.h"
#include "tools/record/recording_pipeline.h"
#include "tools/record/session_report.h"
#include "tools/record/watcher.h"

namespace mvga::tool {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;
using Ending = RecordingPipeline::Ending;

constexpr auto kTick = 50ms;
constexpr auto kLookAtDisk = 1s;
/// For the disk to take the rest of a clip at the end.
constexpr auto kLongestFinish = 30s;
/// Who asks again later does not want to wait; a shell may tell a program and its group at once.
constexpr auto kSameSignal = 500ms;

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
  void look_after_clips();
  void look_after_disk();

  const RecordSettings& settings_;
  Interruption interruption_;
  std::optional<int> signal_;
  FolderLock lock_;
  Losses losses_;
  Watcher watcher_;
  Recorder recorder_;
  DiskLimit disk_;
  SessionReport report_{settings_, losses_};
  FinishedClips finished_{settings_, losses_, report_};
  Clock::time_point disk_seen_;
  bool disk_full_ = false;
};

std::optional<int> Session::run() {
  for (;;) {
    const Ending ending = watch_and_finish();
    if (signal_ || !ending.failed) break;
    if (settings_.reconnect <= 0) {
      report_.summarise();
      throw Error(ErrorKind::unreadable, ending.text);
    }
    say("warning: " + ending.text + "; it is started again in " +
        std::to_string(std::lround(settings_.reconnect)) + " s");
    signal_ =
        interruption_.wait(std::chrono::milliseconds(std::llround(1000 * settings_.reconnect)));
    if (signal_) break;
  }
  report_.summarise();
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
    progress.show(report_.watched() + pipeline.counts().watched);
    ending = pipeline.poll();
  }
  pipeline.stop();
  if (ending && !ending->failed && !ending->text.empty()) losses_.add(ending->text);
  report_.add(pipeline.counts());
  return ending.value_or(Ending{});
}

void Session::finish() {
  recorder_.end();
  const auto start = Clock::now();
  do {
    look_after_clips();
    if (finished_.empty()) break;
    const auto again = interruption_.wait(kTick);
    const auto waited = Clock::now() - start;
    if ((again && waited > kSameSignal) || waited > kLongestFinish) {
      finished_.give_up();
    }
  } while (!finished_.empty());
  look_after_disk();
}

void Session::look_after_clips() {
  if (!finished_.look_after(recorder_.take_finished())) return;
  disk_.refresh();
  disk_seen_ = {};
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

}  // namespace

std::optional<int> record(const RecordSettings& settings) {
  require_encoder(PictureFormat::jpeg);
  return Session(settings).run();
}

}  // namespace mvga::tool
