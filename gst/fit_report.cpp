// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/fit_report.h"

#include "core/false_alarm_rate.h"
#include "gst/handles.h"

namespace mvga::gst {
namespace {

constexpr auto kInterval = std::chrono::milliseconds(500);

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
  start_ = last_post_ = Clock::now();
  calibration_start_ = {};
  tell("learning what is normal");
}

bool FitReport::due() {
  const auto now = Clock::now();
  if (now - last_post_ < kInterval) return false;
  last_post_ = now;
  return true;
}

double FitReport::seconds() const {
  return std::chrono::duration<double>(Clock::now() - start_).count();
}

void FitReport::tell(const std::string& text) {
  GST_ELEMENT_INFO(element_, STREAM, FAILED, ("%s", text.c_str()), (nullptr));
}

void FitReport::learned(std::uint64_t frames) {
  begin();
  if (!due()) return;
  const double rate = static_cast<double>(frames) / seconds();
  gst_element_post_message(
      element_,
      gst_message_new_element(
          GST_OBJECT(element_),
          gst_structure_new("mvga-fit", "phase", G_TYPE_STRING, "learning", "frames", G_TYPE_UINT64,
                            frames, "frames-per-second", G_TYPE_DOUBLE, rate, nullptr)));
  tell(format("learned %" G_GUINT64_FORMAT " frames, %.1f frames/s", frames, rate).get());
}

void FitReport::calibrated(std::size_t done, std::size_t total) {
  begin();
  if (calibration_start_ == Clock::time_point{}) calibration_start_ = Clock::now();
  if (!due()) return;
  const double elapsed = std::chrono::duration<double>(Clock::now() - calibration_start_).count();
  const double rate = elapsed > 0 ? static_cast<double>(done) / elapsed : 0;
  gst_element_post_message(
      element_, gst_message_new_element(
                    GST_OBJECT(element_),
                    gst_structure_new("mvga-fit", "phase", G_TYPE_STRING, "calibrating", "frames",
                                      G_TYPE_UINT64, static_cast<guint64>(done), "total",
                                      G_TYPE_UINT64, static_cast<guint64>(total),
                                      "frames-per-second", G_TYPE_DOUBLE, rate, nullptr)));
  tell(format("calibrating on held-out frames, %zu of %zu", done, total).get());
}

void FitReport::saved(const Model& model, const std::string& path) {
  const Threshold threshold = threshold_for(model.calibration.scores, model.target_fpr);
  gst_element_post_message(
      element_,
      gst_message_new_element(
          GST_OBJECT(element_),
          gst_structure_new("mvga-fit", "phase", G_TYPE_STRING, "done", "model", G_TYPE_STRING,
                            path.c_str(), "frames", G_TYPE_UINT64, model.frames, "held-out",
                            G_TYPE_UINT64, model.held_out, "threshold", G_TYPE_DOUBLE,
                            threshold.value, "target-fpr", G_TYPE_DOUBLE, model.target_fpr,
                            "promised-fpr", G_TYPE_DOUBLE, threshold.rate, "seconds", G_TYPE_DOUBLE,
                            seconds(), nullptr)));
  tell(format("learned %s from %" G_GUINT64_FORMAT " frames (%" G_GUINT64_FORMAT
              " held out): threshold %.3f for at most %.2g %% false alarms, %.1f s",
              path.c_str(), model.frames, model.held_out, threshold.value, 100 * threshold.rate,
              seconds())
           .get());
}

void FitReport::failed(const std::string& why) {
  if (begun_) tell(why);
}

void FitReport::warn_of_broken_promise(const Model& model) {
  const double rate = threshold_for(model.calibration.scores, model.target_fpr).rate;
  if (rate <= model.target_fpr) return;
  const std::size_t needed = frames_needed(model.target_fpr);
  GST_ELEMENT_WARNING(
      element_, STREAM, FAILED,
      ("%" G_GUINT64_FORMAT " held-out frames support a false-alarm rate of %.2g %%, not the %.2g "
       "%% of target-fpr; the threshold is set for %.2g %%, and %" G_GUINT64_FORMAT
       " more frames would be needed",
       model.held_out, 100 * rate, 100 * model.target_fpr, 100 * rate,
       static_cast<guint64>(needed) - model.held_out),
      (nullptr));
}

}  // namespace mvga::gst
