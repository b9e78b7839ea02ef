// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A fast hash of bytes, for choosing samples by content. Not for security.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "core/base/splitmix.h"

namespace mvga {

/// Multiply-xor over 8-byte words, finished with splitmix64.
inline std::uint64_t content_hash(const void* data, std::size_t size) {
  const auto* bytes = static_cast<const unsigned char*>(data);
  std::uint64_t h = kSplitMixStep;
  for (; size > 0;) {
    std::uint64_t word = 0;
    const std::size_t taken = size < sizeof word ? size : sizeof word;
    std::memcpy(&word, bytes, taken);
    h = (h ^ word) * 0x9fb21c651e98df25u;
    h ^= h >> 29;
    bytes += taken;
    size -= taken;
  }
  return splitmix64(h);
}

}  // namespace mvga
