// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// From the interface's settings to those of the network.
#pragma once

#include <mvga/network.h>

#include "core/features/backbone.h"

namespace mvga::v1 {

/// @throws Error settings
void apply(const NetworkSettings& network, BackboneSettings& settings);

}  // namespace mvga::v1
