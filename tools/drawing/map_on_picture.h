// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The anomaly map where the picture has it.
#pragma once

#include "core/scoring/detection.h"

namespace mvga::tool {

/// The map at the size of the picture. What was not looked at is as normal as anything that was.
AnomalyMap map_on_picture(const Detection& detection, int height, int width);

}  // namespace mvga::tool
