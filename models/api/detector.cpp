// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/detector.h"

#include <mvga/detector.h>

#include <cmath>
#include <utility>

#include "models/api/guarded.h"
#include "models/api/input.h"
#include "models/api/model_data.h"
#include "models/api/network.h"
#include "models/api/result_data.h"
#include "models/open_backbone.h"

namespace mvga::v1 {
namespace {

mvga::Detector open(const mvga::Model& model, const NetworkSettings& network) {
  BackboneSettings settings = backbone_settings_for(model);
  apply(network, settings);
  return {open_backbone(settings), model};
}

[[noreturn]] void refuse_setting(const char* why) {
  throw Error(ErrorKind::settings, why);
}

DetectSettings checked(const ScoreSettings& settings, const mvga::Box& roi) {
  if (settings.threshold && std::isnan(*settings.threshold))
    refuse_setting("the threshold is no number");
  if (settings.target_fpr && !(*settings.target_fpr > 0 && *settings.target_fpr <= 0.5))
    refuse_setting("target_fpr is out of range: use more than 0, up to 0.5");
  if (settings.max_regions < 0) refuse_setting("max_regions cannot be negative");
  if (!(settings.min_region_area >= 0 && settings.min_region_area <= 1))
    refuse_setting("min_region_area is a share of the image: use 0 to 1");
  return {settings.threshold, settings.target_fpr, settings.max_regions, settings.min_region_area,
          roi};
}

}  // namespace

struct Detector::Data {
  Model model;
  mvga::Detector detector;
};

Detector::Detector(const Model& model, const NetworkSettings& network)
    : data_(guarded([&] {
        return std::make_shared<const Data>(Data{model, open(model.data_->model, network)});
      })) {}

Result Detector::score(const Image& image, const ScoreSettings& settings) const {
  return guarded([&] {
    const mvga::Model& model = data_->detector.model();
    const DetectSettings detect_settings = checked(settings, model.roi);
    const Input input(image, model.roi, model.input_size);
    return Result(std::make_shared<const Result::Data>(
        data_->detector.detect(input.view(), detect_settings)));
  });
}

Model Detector::model() const {
  return data_->model;
}

}  // namespace mvga::v1
