// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A data set's folders, with files that nobody looks into.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/models/temporary_folder.h"
#include "tools/evaluation/category.h"

namespace mvga::testing {

class DataSet : public ::testing::Test {
 protected:
  /// Files of the names 000, 001, ...
  void put(const std::string& folder, int count, const std::string& ending) const {
    for (int i = 0; i < count; ++i)
      write((folder + "/00").append(std::to_string(i)).append(ending));
  }
  void write(const std::string& name, const std::string& text = "x") const {
    const std::filesystem::path file = root_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  std::string at(const std::string& name) const { return (root_ / name).string(); }
  tool::Category only_category(tool::Purpose purpose = tool::Purpose::learn_and_test) const {
    std::vector<tool::Category> found = tool::find_categories(root_.path(), {}, purpose);
    EXPECT_EQ(found.size(), 1U);
    return found.front();
  }

  TemporaryFolder root_;
};

inline std::size_t number_of_masks(const tool::Category& category) {
  return static_cast<std::size_t>(
      std::count_if(category.test.begin(), category.test.end(),
                    [](const tool::TestPicture& picture) { return picture.mask.has_value(); }));
}

}  // namespace mvga::testing
