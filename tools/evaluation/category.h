// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is learned and tested, whatever the layout of the data set that it comes from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mvga::tool {

struct TestPicture {
  std::filesystem::path file;
  std::string kind;                           ///< good, or a kind of defect
  std::optional<std::filesystem::path> mask;  ///< of a defect, where there is one

  bool good() const { return kind == "good"; }
};

struct Category {
  std::string name;
  std::vector<std::string> train;  ///< paths, in the order of their names
  std::vector<TestPicture> test;
  /// What a reader of the metrics has to know, such as how pictures were divided; may be empty.
  std::string note;
};

/// The category that a folder is, in any of the layouts (tools/evaluation/layouts).
/// @throws Error not_found if it has no pictures to learn from, or none to test with
Category read_category(const std::filesystem::path& folder);

/// The category that `data` is, or those in the folders below it; only those in `names`, unless
/// that is empty. Two of the same name are named by their path below `data`.
/// @throws Error not_found if there is none, or a name is not among them
std::vector<Category> find_categories(const std::filesystem::path& data,
                                      const std::vector<std::string>& names);

}  // namespace mvga::tool
