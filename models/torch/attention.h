// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What lets the tokens of a transformer see each other.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace mvga {

/// The attention of several heads.
/// @param qkv [N, tokens, 3 * heads * width]: of each token the queries of all heads, their keys
/// and
///        their values. The queries have to be scaled already.
/// @returns [N, tokens, heads * width]
at::Tensor attention(const at::Tensor& qkv, std::int64_t heads);

}  // namespace mvga
