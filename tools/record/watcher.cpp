// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/record/watcher.h"

#include <filesystem>
#include <utility>

#include "models/open_backbone.h"
#include "tools/options/learning_options.h"
#include "tools/options/model_file.h"

namespace mvga::tool {

Watcher::Watcher(const RecordSettings& settings)
    : model_id_(std::filesystem::path(settings.model).stem().string()) {
  Model model = load_model_to_use(settings.model, settings.threshold);
  BackboneSettings backbone = backbone_settings_for(model);
  backbone.weights = settings.weights;
  backbone.device = settings.device;
  backbone.precision = parse_precision(settings.precision);
  backbone.threads = settings.threads;
  settings_.roi = model.roi;
  settings_.threshold = settings.threshold;
  if (settings.target_fpr > 0) settings_.target_fpr = settings.target_fpr;
  detector_.emplace(open_backbone(backbone), std::move(model));
  reader_.emplace(settings_.roi, detector_->model().input_size, detector_->model().reading.bits);
}

}  // namespace mvga::tool
