// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/learning/fit_report.h"

#include <algorithm>
#include <chrono>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/files/model_file.h"
#include "core/scoring/false_alarm_rate.h"
#include "gst/element/errors.h"
#include "gst/frames/handles.h"

#undef GST_CAT_DEFAULT  // of another file, in a unity build
#define GST_CAT_DEFAULT learning_debug()

namespace mvga::gst {
namespace {

// That of mvgafit, whichever element learns.
GstDebugCategory* learning_debug() {
  static GstDebugCategory* const category = [] {
    GstDebugCategory* made = nullptr;
    GST_DEBUG_CATEGORY_INIT(made, "mvgafit", 0, "learning what is normal");
    return made;
  }();
  return category;
}

constexpr auto kInterval = std::chrono::milliseconds(800);

String format(const char* text, ...) G_GNUC_PRINTF(1, 2);

String format(const char* text, ...) {
  va_list arguments;
  va_start(arguments, text);
  String result(g_strdup_vprintf(text, arguments));
  va_end(arguments);
  return result;
}

}  // namespace

void FitReport::begin() {
  if (begun_) return;
  begun_ = true;
  watch_ = progress_.watch = Stopwatch();
  tell("learning what is normal");
  ticker_ = std::jthread([this](const std::stop_token& stopped) { tick(stopped); });
}

void FitReport::set_busy(bool busy) {
  const std::lock_guard lock(mutex_);
  busy_ = busy;
}

void FitReport::tick(const std::stop_token& stopped) {
  std::unique_lock lock(mutex_);
  const auto never = [] { return false; };
  while (!wake_.wait_for(lock, stopped, kInterval, never) && !stopped.stop_requested()) {
    if (!busy_ && !changed_) continue;  // paused, or waiting for frames
    changed_ = false;
    const Progress progress = progress_;
    lock.unlock();
    post(progress);
    lock.lock();
  }
}

void FitReport::stop_ticking() {
  ticker_.request_stop();
  if (ticker_.joinable()) ticker_.join();
}

void FitReport::tell(const std::string& text) const {
  const std::string shown = printable(text, kLongestMessage);
  GST_INFO_OBJECT(element_, "%s", shown.c_str());
  post_info(element_, text);
  log_if_interrupted(text);
}

void FitReport::log_if_interrupted(const std::string& text) const {
  if (interrupted_)
    g_log("mvgafit", G_LOG_LEVEL_MESSAGE, "%s", printable(text, kLongestMessage).c_str());
}

void FitReport::learned(std::uint64_t frames) {
  const std::lock_guard lock(mutex_);
  progress_.frames = frames;
  progress_.total = expected_;
  changed_ = true;
}

void FitReport::fitting() {
  const std::lock_guard lock(mutex_);
  progress_ = {Phase::fitting, progress_.frames, 0, Stopwatch()};
}

void FitReport::calibrated(std::size_t done, std::size_t total) {
  const std::lock_guard lock(mutex_);
  progress_ = {Phase::calibrating, done, total, progress_.watch};
}

void FitReport::post(const Progress& progress) const {
  const double rate = static_cast<double>(progress.frames) / progress.watch.seconds();
  switch (progress.phase) {
    case Phase::learning:
      post_fields("learning", progress, rate);
      tell(format("learning: %" G_GUINT64_FORMAT "%s frames, %.1f frames/s", progress.frames,
                  progress.total == 0 ? "" : (" of " + std::to_string(progress.total)).c_str(),
                  rate)
               .get());
      break;
    case Phase::fitting:
      post_fields("fitting", progress, 0);
      tell(format("fitting: %" G_GUINT64_FORMAT " frames", progress.frames).get());
      break;
    case Phase::calibrating:
      post_fields("calibrating", progress, rate);
      tell(format("calibrating: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                  " held-out frames, %.1f frames/s",
                  progress.frames, progress.total, rate)
               .get());
  }
}

void FitReport::post_fields(const char* phase, const Progress& progress, double rate) const {
  gst_element_post_message(
      element_, gst_message_new_element(
                    GST_OBJECT(element_),
                    gst_structure_new("mvga-fit", "phase", G_TYPE_STRING, phase, "frames",
                                      G_TYPE_UINT64, progress.frames, "total", G_TYPE_UINT64,
                                      progress.total, "frames-per-second", G_TYPE_DOUBLE, rate,
                                      "corrupted", G_TYPE_UINT64, corrupted_.load(), nullptr)));
}

std::string FitReport::corrupted_text() const {
  const std::uint64_t left_out = corrupted_;
  return left_out == 0 ? "" : ", left out " + std::to_string(left_out) + " corrupted ones";
}

void FitReport::saved(const Model& model, const std::string& path) {
  stop_ticking();
  const Threshold threshold = threshold_for(model.calibration.scores, model.target_fpr);
  gst_element_post_message(
      element_,
      gst_message_new_element(
          GST_OBJECT(element_),
          gst_structure_new("mvga-fit", "phase", G_TYPE_STRING, "done", "model", G_TYPE_STRING,
                            path.c_str(), "frames", G_TYPE_UINT64, model.frames, "held-out",
                            G_TYPE_UINT64, model.held_out, "independent", G_TYPE_UINT64,
                            model.independent, "corrupted", G_TYPE_UINT64, corrupted_.load(),
                            "threshold", G_TYPE_DOUBLE, threshold.value, "target-fpr",
                            G_TYPE_DOUBLE, model.target_fpr, "promised-fpr", G_TYPE_DOUBLE,
                            threshold.rate, "seconds", G_TYPE_DOUBLE, watch_.seconds(), nullptr)));
  tell(format("wrote %s: learned %" G_GUINT64_FORMAT " frames%s, checked on %" G_GUINT64_FORMAT
              " held-out ones, %" G_GUINT64_FORMAT
              " of them independent; threshold %.3f for at most %.2g %% false alarms; took %.1f s",
              path.c_str(), model.frames, corrupted_text().c_str(), model.held_out,
              model.independent, threshold.value, 100 * threshold.rate, watch_.seconds())
           .get());
}

void FitReport::interrupted() {
  interrupted_ = true;
  tell("interrupted: making a model of what was seen");
}

void FitReport::failed(const std::string& why) {
  stop_ticking();
  log_if_interrupted(why);
}

void FitReport::warn_of_broken_promise(const Model& model) {
  const double rate = threshold_for(model.calibration.scores, model.target_fpr).rate;
  if (rate <= model.target_fpr) return;
  const std::size_t needed = frames_needed(model.target_fpr);
  const std::size_t lacking = needed - model.independent;
  // As many as are needed are kept, unless there is no room for them.
  const String way_out =
      model.held_out < std::min<std::uint64_t>(needed, model.frames)
          ? format("the temporary folder had room for no more; set TMPDIR to a larger one")
          : format("learn from %zu more frame%s, or ask for less", lacking,
                   lacking == 1 ? "" : "s");
  const String copies = format(" (%" G_GUINT64_FORMAT " with their near copies)", model.held_out);
  const String text =
      format("target-fpr=%g takes %zu independent held-out frames, there are %" G_GUINT64_FORMAT
             "%s: the threshold is set for at most %.2g %% false alarms instead of %.2g %%; %s",
             model.target_fpr, needed, model.independent,
             model.independent < model.held_out ? copies.get() : "", 100 * rate,
             100 * model.target_fpr, way_out.get());
  post_exception(element_, GST_MESSAGE_WARNING, Error(ErrorKind::too_few, text.get()));
  log_if_interrupted(text.get());
}

Model finish_learning(const Learner& learner, const std::string& path, FitReport& report) {
  report.fitting();
  Model model =
      learner.finish([&](std::size_t done, std::size_t total) { report.calibrated(done, total); });
  save_model(model, path);
  report.warn_of_broken_promise(model);
  report.saved(model, path);
  return model;
}

}  // namespace mvga::gst
