// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is called how in a statistics file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/files/statistics_file.h"
#include "core/io/file_kind.h"

namespace mvga {

inline constexpr FileKind kStatisticsKind{
    .format = "mvga-statistics",
    .version = kStatisticsFormatVersion,
    .name = "statistics",
    .not_of_it = "not a statistics file of mvga (mvga fit --stats-only writes them)",
    .anew = "gather the statistics anew",
    .repair = "copy the file again or gather it anew with mvga fit --stats-only",
    .largest =
        16'000'000'000,  // pictures for calibration, at the largest sizes of the largest networks
};
inline constexpr std::uint64_t kMostFrames = std::uint64_t{1} << 48;

/// @param kind "image" or "pixel"
inline std::string level_key(int level, const std::string& kind) {
  return "level" + std::to_string(level) + "." + kind;
}

inline std::string group_key(std::size_t group, int level, const std::string& kind) {
  std::string key = "group" + std::to_string(group);
  return key.append(".").append(level_key(level, kind));
}

}  // namespace mvga
