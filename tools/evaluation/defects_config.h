// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// MVTec LOCO's list of defects: how much of each is enough to have found it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>

namespace mvga::tool {

/// The name that the file has in a category's folder.
inline constexpr const char* kDefectsConfig = "defects_config.json";

/// A kind of defect.
struct DefectKind {
  std::string name;
  bool relative = false;  ///< the threshold is a share of the defect's pixels, else a count of them
  double threshold = 0;

  /// So many pixels of a defect of `area` are enough: never more than it has, and one at least.
  std::size_t saturation(std::size_t area) const;
};

/// By the value of their pixels in masks.
using DefectsConfig = std::map<int, DefectKind>;

/// @throws Error not_found, unreadable: the text names the file and the entry
DefectsConfig read_defects_config(const std::filesystem::path& file);

}  // namespace mvga::tool
