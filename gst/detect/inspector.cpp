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

Inference Inspector::infer(GstBuffer* buffer, const FrameFacts& facts) {
  Inference inference;
  inference.facts = facts;
  try {
    infer_into(inference, buffer);
  } catch (const std::exception&) {
    inference.failure = std::current_exception();
    inference.result = {};
    inference.result.status = FrameStatus::error;
  }
  return inference;
}

void Inspector::infer_into(Inference& inference, GstBuffer* buffer) {
  {
    const std::lock_guard lock(mutex_);
    inference.model = models_.current();
    if (!inference.model) return learn(inference, buffer);
    learning_.reset();
  }
  score(inference, buffer);
}

void Inspector::learn(Inference& inference, GstBuffer* buffer) {
  // One part of the frame for the whole model.
  auto reader = readers_.borrow({inference.facts.video, learning_->roi(), learning_->input_size()});
  learning_->add(reader.read(buffer));
  const LearningProgress progress = learning_->progress();
  models_.note_progress(progress);
  inference.result.status = FrameStatus::learning;
  inference.result.learning = progress;
  if (!learning_->complete()) return;
  models_.put_learned(std::make_shared<const LoadedModel>(
      LoadedModel{learning_->finish(), model_id_of(learning_->path())}));
  learning_.reset();
}

void Inspector::score(Inference& inference, GstBuffer* buffer) {
  const Stopwatch watch;
  const DetectElementSettings& settings = *inference.facts.settings;
  const Model& model = inference.model->detector->model();
  const Box roi = settings.roi.empty() ? model.roi : parse_roi(settings.roi);
  auto reader = readers_.borrow({inference.facts.video, roi, model.input_size});
  const RgbView image = reader.read(buffer);
  inference.times.convert = watch.seconds();
  StageTimes stages;
  inference.result.detection = std::make_shared<const Detection>(
      inference.model->detector->detect(image, detect_settings(settings, roi), &stages));
  inference.times.backbone = stages.backbone;
  inference.times.score = stages.scoring;
  inference.result.status = FrameStatus::fresh;
  inference.result.model_id = inference.model->id;
  inference.result.result_pts = inference.facts.times.pts;
  inference.result.inference_time = to_clock_time(watch.seconds());
}

void Inspector::give_up_learning(bool stopped) {
  const std::lock_guard lock(mutex_);
  if (learning_ && !models_.current()) learning_->give_up(stopped);
}

}  // namespace mvga::gst
