// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// One recording to a folder.
#pragma once

#include <filesystem>

namespace mvga::tool {

/// Keeps others from recording to the folder, as long as it lives: each would take the other's open
/// clip for one that was left behind.
class FolderLock {
 public:
  /// @throws Error unwritable if another program records to it
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace mvga::tool
