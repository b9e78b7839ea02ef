// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A model file with the backbone that it was made with.
#pragma once

#include <string>

#include "gst/detect/model_in_use.h"
#include "gst/detect/settings.h"

namespace mvga::gst {

/// Its file name without its ending.
std::string model_id_of(const std::string& path);

/// Reads the model that the settings name, and opens its backbone.
/// @param old may be null; where the new model takes the same backbone, that one is kept
/// @throws Error
SharedModel load_with_backbone(const DetectElementSettings& settings, const ModelInUse* old);

}  // namespace mvga::gst
