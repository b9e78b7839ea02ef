// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Test pictures, folder by folder, and their masks, wherever people put them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/evaluation/category.h"

namespace mvga::tool {

/// Where the pictures of a test are.
struct TestFolders {
  std::vector<std::filesystem::path> kinds;  ///< of good pictures, too: kind_of() tells
  /// Folders of masks: MASKS/KIND/..., MASKS/test/KIND/..., or MASKS/... where the name says whose
  /// a mask is.
  std::vector<std::filesystem::path> masks;
  /// Where such folders were looked for.
  std::vector<std::filesystem::path> looked_in;
};

/// Adds the pictures to the test. Masks may also lie in a folder of masks within the kind's folder,
/// or beside their pictures. What a reader has to know of the masks goes into the note.
void add_test(const TestFolders& folders, Category& category);

/// The pictures in a folder, without masks that lie beside them.
std::vector<std::string> pictures_without_masks(const std::filesystem::path& folder);

}  // namespace mvga::tool
