// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Whether weights are the same as others, without reading them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <tuple>

namespace mvga {

/// Of a file as it is now: one that is written again, or replaced, is another one.
struct WeightsIdentity {
  std::filesystem::path path;  ///< canonical; empty: built in
  std::uint64_t file = 0;      ///< inode
  std::uint64_t size = 0;
  std::int64_t changed = 0;  ///< nanoseconds since 1970

  /// For use as a key.
  bool operator<(const WeightsIdentity& other) const {
    return std::tie(path, file, size, changed) <
           std::tie(other.path, other.file, other.size, other.changed);
  }
};

/// A path that cannot be looked at is an identity as well: opening it says why.
WeightsIdentity identity_of(const std::filesystem::path& path);

}  // namespace mvga
