// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/model_slot.h"

#include <filesystem>
#include <utility>

#include "core/io/error.h"
#include "core/model_file.h"
#include "gst/element_errors.h"

namespace mvga::gst {
namespace {

std::shared_ptr<const Backbone> open_for(const Model& model,
                                         const DetectElementSettings& settings) {
  BackboneSettings backbone = backbone_settings(settings);
  backbone.architecture = model.architecture;
  backbone.levels = model.level_indexes();
  backbone.input_size = model.input_size;
  return open_backbone(backbone, settings);
}

bool same_backbone(const Model& a, const Model& b) {
  return a.architecture == b.architecture && a.weights_sha256 == b.weights_sha256 &&
         a.input_size == b.input_size && a.level_indexes() == b.level_indexes();
}

/// @param old may be null
std::shared_ptr<const LoadedModel> load(const DetectElementSettings& settings,
                                        const LoadedModel* old) {
  if (settings.model.empty())
    throw Error(ErrorKind::not_found,
                "no model: set the property 'model' to a file that mvgafit wrote, such as "
                "model=line.mvga, or to a new one, with learn-frames=300");
  Model model = load_model(settings.model);
  // Where only the Gaussians change, the weights stay where they are.
  std::shared_ptr<const Backbone> backbone =
      old != nullptr && same_backbone(model, old->detector->model()) ? old->detector->backbone()
                                                                     : open_for(model, settings);
  return std::make_shared<const LoadedModel>(
      LoadedModel{std::make_shared<const Detector>(std::move(backbone), std::move(model)),
                  model_id_of(settings.model)});
}

}  // namespace

std::string model_id_of(const std::string& path) {
  return std::filesystem::path(path).stem().string();
}

ModelSlot::ModelSlot(GstElement* element, const DetectElementSettings& settings, Report report)
    : element_(element), report_(std::move(report)), model_(load(settings, nullptr)) {}

ModelSlot::ModelSlot(GstElement* element, ModelInTheMaking learned, Report report)
    : element_(element), report_(std::move(report)), in_the_making_(std::move(learned)) {}

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
    put(load(settings, current().get()));
    report_(settings.model, "");
  } catch (const std::exception& e) {
    post_exception(element_, GST_MESSAGE_WARNING, e);
    report_(settings.model, e.what());
  }
}

}  // namespace mvga::gst
