// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/open_backbone.h"

#include "models/engine.h"

namespace mvga {

std::shared_ptr<const Backbone> open_backbone(const BackboneSettings& settings) {
  return engine().open(settings);
}

std::vector<std::string> known_architectures() {
  return engine().architectures();
}

}  // namespace mvga
