// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The results of an evaluation, written as they come.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tools/evaluation/category.h"
#include "tools/evaluation/output.h"

namespace mvga::tool {

/// @param categories there were
/// @throws Error if some of them failed, with their names
void throw_if_failed(const Unfinished& unfinished, std::size_t categories);

/// Prints a row as soon as a category is finished and writes all files anew, so that whatever ends
/// the program leaves what was finished, and files that say what is missing.
class Results {
 public:
  /// @param write all files
  Results(const std::vector<Category>& categories,
          std::function<void(const std::vector<CategoryResult>&, const Unfinished&)> write);

  void add(const CategoryResult& result);
  void add_failure(const std::string& name, const std::string& why);
  /// Prints the mean.
  /// @throws Error if categories failed, with their names
  void finish() const;

 private:
  void leave_waiting(const std::string& name);

  Table table_;
  std::function<void(const std::vector<CategoryResult>&, const Unfinished&)> write_;
  std::vector<CategoryResult> results_;
  Unfinished unfinished_;
};

}  // namespace mvga::tool
