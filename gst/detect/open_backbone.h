// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The backbone that mvgadetect's properties ask for.
#pragma once

#include <memory>

#include "core/features/backbone.h"
#include "gst/detect/settings.h"

namespace mvga::gst {

/// `backbone`, which has the architecture, levels and size of the model, with what the properties
/// say of it.
BackboneSettings backbone_settings(const DetectElementSettings& settings,
                                   BackboneSettings backbone = {});

/// Opens a backbone, and joins the inference of the elements with the same `model-instance-id`.
/// @throws Error as open_backbone in models/open_backbone.h says
std::shared_ptr<const Backbone> open_backbone(const BackboneSettings& backbone,
                                              const DetectElementSettings& settings);

}  // namespace mvga::gst
