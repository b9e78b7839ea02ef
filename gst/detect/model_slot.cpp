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
      model_(load_(settings, nullptr)) {}

ModelSlot::ModelSlot(GstElement* element, ModelInTheMaking learned, Load load, Report report)
    : element_(element),
      load_(std::move(load)),
      report_(std::move(report)),
      in_the_making_(std::move(learned)) {}

ModelSlot::~ModelSlot() = default;

std::shared_ptr<const LoadedModel> ModelSlot::current() const {
  const std::lock_guard lock(mutex_);
  return model_;
}

std::optional<LearningProgress> ModelSlot::learning() const {
  const std::lock_guard lock(mutex_);
  if (model_) return std::nullopt;
  return in_the_making_.progress;
}

std::string ModelSlot::id() const {
  const std::lock_guard lock(mutex_);
  return model_ ? model_->id : in_the_making_.id;
}

int ModelSlot::input_size() const {
  const std::lock_guard lock(mutex_);
  return model_ ? model_->detector->model().input_size : in_the_making_.input_size;
}

GridSize ModelSlot::map_grid() const {
  const std::lock_guard lock(mutex_);
  return model_ ? mvga::map_grid(model_->detector->model()) : in_the_making_.map_grid;
}

Box ModelSlot::roi() const {
  const std::lock_guard lock(mutex_);
  return model_ ? model_->detector->model().roi : in_the_making_.roi;
}

void ModelSlot::note_progress(const LearningProgress& progress) {
  const std::lock_guard lock(mutex_);
  in_the_making_.progress = progress;
}

void ModelSlot::put_learned(std::shared_ptr<const LoadedModel> model) {
  const std::lock_guard lock(mutex_);
  if (!model_) model_ = std::move(model);
}

void ModelSlot::put(std::shared_ptr<const LoadedModel> model) {
  // The old one is let go of without the lock: it may be the last to hold its network.
  const std::lock_guard lock(mutex_);
  model_.swap(model);
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
    put(load_(settings, current().get()));
    report_(settings.model, "");
  } catch (const std::exception& e) {
    post_exception(element_, GST_MESSAGE_WARNING, e);
    report_(settings.model, e.what());
  }
}

}  // namespace mvga::gst
