// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/learner.h"

#include <mvga/learner.h>

#include <utility>

#include "core/light/light_changes.h"
#include "models/api/guarded.h"
#include "models/api/input.h"
#include "models/api/model_data.h"
#include "models/api/network.h"
#include "models/open_backbone.h"

namespace mvga::v1 {
namespace {

mvga::Profile profile_from(Profile profile) {
  if (profile != Profile::paper && profile != Profile::calibrated)
    throw Error(ErrorKind::settings, "there is no such profile");
  return profile == Profile::paper ? mvga::Profile::paper : mvga::Profile::calibrated;
}

double checked(double value, double least, double most, const char* otherwise) {
  if (value >= least && value <= most) return value;
  throw Error(ErrorKind::settings, otherwise);
}

FitSettings fit_settings(const LearnSettings& settings) {
  FitSettings fit;
  fit.profile = profile_from(settings.profile);
  fit.target_fpr =
      checked(settings.target_fpr, 0.001, 0.5, "target_fpr is out of range: use 0.001 to 0.5");
  fit.roi = checked_roi(settings.roi);
  if (!(settings.light < 0))
    fit.light = checked(settings.light, 0, kMostLight,
                        "light is out of range: use 0 to 0.5, or less than 0");
  return fit;
}

BackboneSettings backbone_settings(const LearnSettings& settings, const NetworkSettings& network) {
  const mvga::Profile profile = profile_from(settings.profile);
  BackboneSettings backbone;
  backbone.architecture = backbone_for(profile, settings.backbone, network.weights.string());
  backbone.level_set = level_set_for(profile);
  backbone.input_size = settings.input_size;
  apply(network, backbone);
  return backbone;
}

}  // namespace

struct Learner::Data {
  mvga::Learner learner;
};

Learner::Learner(const LearnSettings& settings, const NetworkSettings& network)
    : data_(guarded([&] {
        // What is wrong in the settings is said before a network is opened.
        const FitSettings fit = fit_settings(settings);
        return std::make_unique<Data>(
            Data{mvga::Learner(open_backbone(backbone_settings(settings, network)), fit)});
      })) {}

Learner::Learner(Learner&& other) noexcept = default;
Learner& Learner::operator=(Learner&& other) noexcept = default;
Learner::~Learner() = default;

void Learner::add(const Image& image) {
  guarded([&] {
    const Input input(image, data_->learner.settings().roi, input_size());
    data_->learner.add(input.view());
  });
}

std::uint64_t Learner::images() const {
  return data_->learner.frames();
}

int Learner::input_size() const {
  return data_->learner.backbone().input_size;
}

Model Learner::learn(const Progress& progress) const {
  return guarded([&] {
    return Model(std::make_shared<const Model::Data>(Model::Data{data_->learner.finish(progress)}));
  });
}

}  // namespace mvga::v1
