// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Four-colour pictures.
#pragma once

#include "tools/pictures/samples.h"

namespace mvga::tool {

/// Inks to RGB without a profile, as Pillow does. As everybody's four-colour JPEGs have it, they
/// are stored inverted.
Samples rgb_of_inks(const Samples& inks);

}  // namespace mvga::tool
