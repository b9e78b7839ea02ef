// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which of the pictures are to be learned: all, the first ones, or one of several parts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/files/statistics_file.h"

namespace mvga::tool {

/// One of `count` consecutive parts, counted from 1.
struct Shard {
  std::uint64_t index = 1;
  std::uint64_t count = 1;
};

/// From "I/N".
/// @throws Error settings
Shard parse_shard(const std::string& text);

struct Selection {
  std::vector<std::string> files;
  std::uint64_t skip = 0;             ///< so many frames at the beginning
  std::uint64_t frames = UINT64_MAX;  ///< at most so many after them
  std::optional<ShardPlace> place;    ///< of a shard
};

/// @param files pictures, or one video, whose frames are counted if it is to be cut
/// @param max_frames as if there were no more; 0: all
/// @throws Error too_few (nothing is left for this shard), not_found, unreadable
Selection select(std::vector<std::string> files, std::uint64_t max_frames,
                 const std::optional<Shard>& shard);

}  // namespace mvga::tool
