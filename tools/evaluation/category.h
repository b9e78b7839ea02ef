// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Data sets in the layout of MVTec AD.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mvga::tool {

struct TestPicture {
  std::filesystem::path file;
  std::string kind;                           ///< the folder's name: good, or a kind of defect
  std::optional<std::filesystem::path> mask;  ///< of a defect, where there is one

  bool good() const { return kind == "good"; }
};

/// `train/good/*`, `test/KIND/*`, `ground_truth/KIND/STEM_mask.png` or `STEM.png`.
struct Category {
  std::string name;
  std::vector<std::filesystem::path> train;
  std::vector<TestPicture> test;
};

/// @throws Error not_found if it has no pictures in train/good, or none in test
Category read_category(const std::filesystem::path& folder);

/// The category that `data` is, or those in the folders below it; only those in `names`, unless
/// that is empty.
/// @throws Error not_found if there is none, or a name is not among them
std::vector<Category> find_categories(const std::filesystem::path& data,
                                      const std::vector<std::string>& names);

}  // namespace mvga::tool
