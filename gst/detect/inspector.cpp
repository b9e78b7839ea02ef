// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/inspector.h"

#include <utility>

#include "core/base/parse_settings.h"
#include "core/base/stopwatch.h"
#include "gst/element/clock_time.h"

namespace mvga::gst {
namespace {

DetectSettings detect_settings(const DetectElementSettings& settings, const Box& roi) {
  DetectSettings detect;
  if (settings.threshold >= 0) detect.threshold = settings.threshold;
  if (settings.target_fpr > 0) detect.target_fpr = settings.target_fpr;
  detect.max_regions = static_cast<int>(settings.max_regions);
  detect.min_region_area = settings.min_region_area;
  detect.roi = roi;
  return detect;
}

}  // namespace

Inspector::Inspector(ModelSlot& models, std::unique_ptr<LearnInPlace> learning)
    : models_(models), learning_(std::move(learning)) {}

Outcome Inspector::look(GstBuffer* buffer, const FrameFacts& facts) {
  Outcome outcome;
  outcome.facts = facts;
  try {
    look_into(outcome, buffer);
  } catch (const std::exception&) {
    outcome.failure = std::current_exception();
    outcome.result = {};
    outcome.result.status = FrameStatus::error;
  }
  return outcome;
}

void Inspector::look_into(Outcome& outcome, GstBuffer* buffer) {
  {
    const std::lock_guard lock(mutex_);
    outcome.model = models_.current();
    if (!outcome.model) return learn(outcome, buffer);
    learning_.reset();
  }
  score(outcome, buffer);
}

void Inspector::learn(Outcome& outcome, GstBuffer* buffer) {
  // One part of the frame for the whole model.
  auto reader = readers_.borrow({outcome.facts.video, learning_->roi(), learning_->input_size()});
  learning_->add(reader.read(buffer));
  const LearningProgress progress = learning_->progress();
  models_.note_progress(progress);
  outcome.result.status = FrameStatus::learning;
  outcome.result.learning = progress;
  if (!learning_->complete()) return;
  models_.put_learned(std::make_shared<const LoadedModel>(
      LoadedModel{learning_->finish(), model_id_of(learning_->path())}));
  learning_.reset();
}

void Inspector::score(Outcome& outcome, GstBuffer* buffer) {
  const Stopwatch watch;
  const DetectElementSettings& settings = *outcome.facts.settings;
  const Model& model = outcome.model->detector->model();
  const Box roi = settings.roi.empty() ? model.roi : parse_roi(settings.roi);
  auto reader = readers_.borrow({outcome.facts.video, roi, model.input_size});
  const RgbView image = reader.read(buffer);
  outcome.times.convert = watch.seconds();
  StageTimes stages;
  outcome.result.detection = std::make_shared<const Detection>(
      outcome.model->detector->detect(image, detect_settings(settings, roi), &stages));
  outcome.times.backbone = stages.backbone;
  outcome.times.score = stages.scoring;
  outcome.result.status = FrameStatus::fresh;
  outcome.result.model_id = outcome.model->id;
  outcome.result.result_pts = outcome.facts.times.pts;
  outcome.result.inference_time = to_clock_time(watch.seconds());
}

void Inspector::give_up_learning(bool stopped) {
  const std::lock_guard lock(mutex_);
  if (learning_ && !models_.current()) learning_->give_up(stopped);
}

}  // namespace mvga::gst
