// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/inferrer.h"

#include <utility>

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

Inferrer::Inferrer(ModelSlot& models, std::unique_ptr<LearnInPlace> learning)
    : models_(models), is_learning_(learning != nullptr), learning_(std::move(learning)) {}

Inference Inferrer::infer(GstBuffer* buffer, const FrameSnapshot& snapshot) {
  Inference inference;
  inference.snapshot = snapshot;
  try {
    infer_into(inference, buffer);
  } catch (const std::exception&) {
    inference.failure = std::current_exception();
    inference.result = {};
    inference.result.status = FrameStatus::error;
  }
  return inference;
}

void Inferrer::infer_into(Inference& inference, GstBuffer* buffer) {
  if (is_learning_) {
    const std::lock_guard lock(mutex_);
    inference.snapshot = models_.with_learned(inference.snapshot);
    if (!inference.snapshot.model->is_learned()) return learn(inference, buffer);
    forget_learning();
  }
  inference.snapshot = models_.with_learned(inference.snapshot);
  score(inference, buffer);
}

void Inferrer::learn(Inference& inference, GstBuffer* buffer) {
  const FrameSnapshot& snapshot = inference.snapshot;
  // One part of the frame for the whole model.
  auto reader = readers_.borrow({snapshot.video, snapshot.model->roi, snapshot.model->input_size});
  learning_->left_out(left_out_);
  learning_->add(reader.read(buffer));
  const LearningProgress progress = learning_->progress();
  models_.note_progress(progress);
  inference.result.status = FrameStatus::learning;
  inference.result.learning = progress;
  if (!learning_->complete()) return;
  models_.put_learned(learning_->finish());
  inference.ended_learning = true;
  forget_learning();
}

void Inferrer::forget_learning() {
  learning_.reset();
  is_learning_ = false;
}

void Inferrer::score(Inference& inference, GstBuffer* buffer) {
  const Stopwatch watch;
  const FrameSnapshot& snapshot = inference.snapshot;
  const ModelInUse& model = *snapshot.model;
  auto reader = readers_.borrow({snapshot.video, snapshot.roi, model.input_size, model.bits()});
  const RgbView image = reader.read(buffer);
  inference.saturated = reader.saturated();
  inference.times.convert = watch.seconds();
  StageTimes stages;
  inference.result.detection = std::make_shared<const Detection>(
      model.detector->detect(image, detect_settings(*snapshot.settings, snapshot.roi), &stages));
  inference.times.backbone = stages.backbone;
  inference.times.score = stages.scoring;
  inference.result.status = FrameStatus::fresh;
  inference.result.model_id = model.id;
  inference.result.result_pts = snapshot.times.pts;
  inference.result.inference_time = to_clock_time(watch.seconds());
}

void Inferrer::give_up_learning(bool stopped) {
  const std::lock_guard lock(mutex_);
  if (learning_ && models_.learning()) learning_->give_up(stopped);
}

}  // namespace mvga::gst
