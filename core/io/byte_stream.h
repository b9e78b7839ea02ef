// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Bytes that are never in memory as a whole.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

namespace mvga {

/// Takes bytes piece by piece.
using ByteSink = std::function<void(std::span<const std::byte>)>;
/// Gives bytes piece by piece, the same ones whenever it is asked.
using ByteSource = std::function<void(const ByteSink&)>;

}  // namespace mvga
