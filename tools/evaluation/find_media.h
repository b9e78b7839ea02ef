// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// All there is to score in a folder and in those below it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace mvga::tool {

struct FoundMedia {
  std::vector<std::string> files;  ///< pictures and videos, a folder's own before those below it
  /// Folders whose name says that they hold masks, which are no pictures to score, and folders
  /// that cannot be listed, with the reason.
  std::vector<std::string> passed_over;
  std::size_t unlisted = 0;  ///< of them, those that cannot be listed
};

/// Folders that links lead back to are seen once.
/// @param outputs folders that are written into: what lies there is none of the input
/// @throws Error unreadable if `folder` itself cannot be listed
FoundMedia media_below(const std::filesystem::path& folder,
                       const std::vector<std::filesystem::path>& outputs);

}  // namespace mvga::tool
