// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/model_slot.h"

#include <utility>

#include "gst/element/errors.h"

namespace mvga::gst {

ModelSlot::ModelSlot(GstElement* element, const DetectElementSettings& settings, Load load,
                     Report report)
    : element_(element),
      load_(std::move(load)),
      report_(std::move(report)),
      model_(load_(settings, nullptr)) {
  warn_of(settings, *model_);
}

ModelSlot::ModelSlot(GstElement* element, const ModelInUse& to_be_learned,
                     const LearningProgress& progress, Load load, Report report)
    : element_(element),
      load_(std::move(load)),
      report_(std::move(report)),
      model_(std::make_shared<const ModelInUse>(to_be_learned)),
      progress_(progress) {}

ModelSlot::~ModelSlot() = default;

SharedModel ModelSlot::current() const {
  const std::lock_guard lock(mutex_);
  return model_;
}

FrameSnapshot ModelSlot::with_learned(const FrameSnapshot& frame) const {
  return frame.model->is_learned() ? frame : frame.with(current());
}

std::optional<LearningProgress> ModelSlot::learning() const {
  const std::lock_guard lock(mutex_);
  if (model_->is_learned()) return std::nullopt;
  return progress_;
}

void ModelSlot::note_progress(const LearningProgress& progress) {
  const std::lock_guard lock(mutex_);
  progress_ = progress;
}

void ModelSlot::put_learned(SharedModel model) {
  const std::lock_guard lock(mutex_);
  if (!model_->is_learned()) model_.swap(model);
}

void ModelSlot::put(SharedModel model) {
  // The old one is let go of without the lock: it may be the last to hold its network.
  const std::lock_guard lock(mutex_);
  model_.swap(model);
}

void ModelSlot::warn_of(const DetectElementSettings& settings, const ModelInUse& in_use) const {
  if (!in_use.is_learned()) return;
  const Model& model = in_use.detector->model();
  const auto warn = [&](const std::string& warning) {
    if (!warning.empty())
      post_exception(element_, GST_MESSAGE_WARNING, Error(ErrorKind::settings, warning));
  };
  warn(warning_of(model.reading, settings.model));
  if (settings.threshold < 0) warn(warning_of_promise(model, settings.model));
}

void ModelSlot::request(const DetectElementSettings& settings) {
  {
    const std::lock_guard lock(mutex_);
    requested_ = settings;
    if (!loader_.joinable())
      loader_ = std::jthread([this](const std::stop_token& stopped) { serve(stopped); });
  }
  wake_.notify_one();
}

void ModelSlot::serve(const std::stop_token& stopped) {
  std::unique_lock lock(mutex_);
  while (wake_.wait(lock, stopped, [this] { return requested_.has_value(); })) {
    const DetectElementSettings settings = *std::exchange(requested_, std::nullopt);
    lock.unlock();
    replace(settings);
    lock.lock();
  }
}

void ModelSlot::replace(const DetectElementSettings& settings) {
  try {
    const SharedModel model = load_(settings, current().get());
    put(model);
    warn_of(settings, *model);
    report_(settings.model, "");
  } catch (const std::exception& e) {
    post_exception(element_, GST_MESSAGE_WARNING, e);
    report_(settings.model, e.what());
  }
}

}  // namespace mvga::gst
