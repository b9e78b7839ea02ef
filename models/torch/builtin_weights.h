// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Weights that are part of the engine (models/weights), so that they are always at hand.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace mvga {

/// The bytes of a safetensors file; empty when no weights are built in for the architecture.
std::span<const std::byte> builtin_weights(const std::string& architecture);

}  // namespace mvga
