// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A data set whose folders the user names, whatever they are called.
#pragma once

#include <string>
#include <vector>

#include "tools/evaluation/category.h"

namespace mvga::tool {

struct NamedFolders {
  std::string root;                      ///< the others may be in it; may be empty
  std::vector<std::string> normal;       ///< to learn from
  std::vector<std::string> normal_test;  ///< to test with; none: a part of the normal ones
  std::vector<std::string> abnormal;     ///< each a kind of defect, or with a folder for each
  std::vector<std::string> masks;        ///< none: where masks use to lie

  bool any() const {
    return !normal.empty() || !normal_test.empty() || !abnormal.empty() || !masks.empty();
  }
};

/// @throws Error not_found if there is no such folder, nothing to learn from or to test with
Category read_named_folders(const NamedFolders& folders, Purpose purpose);

}  // namespace mvga::tool
