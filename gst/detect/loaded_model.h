// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A model file with the backbone that it was made with.
#pragma once

#include <memory>
#include <string>

#include "core/scoring/detector.h"
#include "gst/detect/settings.h"

namespace mvga::gst {

/// Immutable.
struct LoadedModel {
  std::shared_ptr<const Detector> detector;
  std::string id;  ///< file name without its ending
};

std::string model_id_of(const std::string& path);

/// Reads the model that the settings name, and opens its backbone.
/// @param old may be null; where the new model takes the same backbone, that one is kept
/// @throws Error
std::shared_ptr<const LoadedModel> load_with_backbone(const DetectElementSettings& settings,
                                                      const LoadedModel* old);

}  // namespace mvga::gst
