// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The place of an image that is most anomalous, whether it is over the limit or not.
#pragma once

#include "core/scoring/detection.h"

namespace mvga::tool {

struct Peak {
  float value = 0;  ///< of the map
  double x = 0;     ///< in fractions of the frame
  double y = 0;
};

/// The first of several that are as high. The map has a value at least.
Peak peak_of(const Detection& detection);

}  // namespace mvga::tool
