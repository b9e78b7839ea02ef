// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The results of repeated runs, written as they come.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tools/evaluation/category.h"
#include "tools/evaluation/repeated_result.h"
#include "tools/evaluation/repetitions.h"
#include "tools/evaluation/table.h"

namespace mvga::tool {

/// Prints two rows, mean and deviation, as soon as runs that belong together are done, and writes
/// all files anew.
class RepeatedRuns {
 public:
  using Write = std::function<void(const std::vector<RepeatedResult>&, const Unfinished&)>;

  /// @param write all files
  RepeatedRuns(const std::vector<Category>& categories, const RepetitionPlan& plan, Write write);

  void add(const RepeatedResult& result);
  /// No more of the category will come.
  void finish(const std::string& category);
  void add_failure(const std::string& category, const std::string& why);
  /// Prints the means over the categories.
  /// @throws Error if categories, of all, failed, with their names
  void finish(std::size_t categories) const;

 private:
  void print(const RepeatedResult& result) const;

  Table table_;
  std::string over_;  ///< what the deviation is over
  Write write_;
  std::vector<RepeatedResult> results_;
  Unfinished unfinished_;
};

}  // namespace mvga::tool
