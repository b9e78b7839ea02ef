// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How much disk the events of a folder take.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace mvga::tool {

/// Removes the oldest clips, with their events, when all together become too large. Those that were
/// there from the beginning are as old as their names say; one that comes later is newer than they,
/// whatever the clock was set to. What has
/// another name than event files have is neither counted nor touched.
class DiskLimit {
 public:
  /// @param most bytes; 0: no limit
  DiskLimit(std::filesystem::path folder, std::uint64_t most)
      : folder_(std::move(folder)), most_(most) {}

  /// Looks at what is in the folder. To be called when files have been added.
  void refresh();
  /// @param open bytes of the clip that is being written; it is not removed, nor is the newest one
  /// @return how many clips were removed
  std::size_t enforce(std::uint64_t open);

  /// Bytes of all files that were found.
  std::uint64_t used() const { return used_; }

 private:
  struct Clip {
    std::uint64_t order = 0;  ///< in which clips were seen
    std::vector<std::filesystem::path> files;
    std::uint64_t bytes = 0;
  };

  std::filesystem::path folder_;
  std::uint64_t most_;
  std::uint64_t used_ = 0;
  std::uint64_t seen_ = 0;
  std::map<std::string, Clip> clips_;  ///< by name
};

/// Whether the file system of the folder has so little room left that nothing should be written.
bool nearly_full(const std::filesystem::path& folder);

}  // namespace mvga::tool
