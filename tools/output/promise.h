// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// False-alarm rates that a model cannot support.
#pragma once

#include "core/scoring/model.h"

namespace mvga::tool {

/// Warns on stderr where the held-out frames are too few for the rate that is wanted, with the one
/// that the threshold keeps instead.
void warn_of_promise(const Model& model, double wanted);

}  // namespace mvga::tool
