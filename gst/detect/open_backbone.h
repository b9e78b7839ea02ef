// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The backbone that mvgadetect's properties ask for.
#pragma once

#include <memory>

#include "core/features/backbone.h"
#include "gst/detect/settings.h"

namespace mvga::gst {

/// What the properties say of the backbone; all else, its architecture, levels and size, is the
/// model's.
BackboneSettings backbone_settings(const DetectElementSettings& settings,
                                   BackboneSettings of_model = {});

/// Opens a backbone, and joins the inference of the elements with the same `model-instance-id`.
/// @throws Error as open_backbone in models/open_backbone.h says
std::shared_ptr<const Backbone> open_backbone(const BackboneSettings& backbone,
                                              const DetectElementSettings& settings);

}  // namespace mvga::gst
