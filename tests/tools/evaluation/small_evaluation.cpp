// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/tools/evaluation/small_evaluation.h"

#include "models/open_backbone.h"
#include "tests/gst/harness/small_model.h"

namespace mvga::testing {

std::shared_ptr<const Backbone> small_backbone() {
  static const std::shared_ptr<const Backbone> backbone = [] {
    BackboneSettings settings;
    settings.architecture = kSmallArchitecture;
    settings.weights = small_weights();
    settings.levels = {0, 1};
    settings.input_size = kSmallInput;
    settings.threads = 1;
    return open_backbone(settings);
  }();
  return backbone;
}

tool::EvaluationSettings quiet_settings() {
  tool::EvaluationSettings settings;
  settings.quiet = true;
  return settings;
}

}  // namespace mvga::testing
