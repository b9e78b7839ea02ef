// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From an architecture's name to a network that runs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/features/backbone.h"

namespace mvga {

/// Opens a backbone: finds and checks the weights, builds the network, moves it to the device.
/// The engine that runs it (LibTorch) is loaded with the first call. Backbones of the same
/// architecture and weights, on the same device and in the same precision share one network in
/// memory, which goes with the last of them; a weights file that has changed is another one. Safe
/// to call from several threads at once.
/// @throws Error not_found (weights, engine), unreadable (weights corrupt, missing tensors, wrong
///         shapes, NaN or infinity: the text names the tensors), settings (unknown architecture,
///         level, device or precision), engine
std::shared_ptr<const Backbone> open_backbone(const BackboneSettings& settings);

/// The same with as many tiles as it takes to see an image of so many pixels a side at its own size
/// (core/features/tiling.h), whatever the settings say of tiles.
/// @throws Error as open_backbone
std::shared_ptr<const Backbone> open_backbone_for(const BackboneSettings& settings, int pixels);

/// The names of all architectures, in alphabetical order.
std::vector<std::string> known_architectures();

}  // namespace mvga
