// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The results of an evaluation as text.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tools/evaluation/evaluate.h"
#include "tools/options/learning_options.h"

namespace mvga::tool {

/// For people, as it comes: the names of the columns, a row a category, then the mean. Missing
/// metrics are a dash.
class Table {
 public:
  /// @param names of all categories, which the first column holds
  explicit Table(const std::vector<std::string>& names);
  std::string heading() const;
  std::string row(const CategoryResult& result) const;

 private:
  std::size_t width_of_names_ = 8;
};

/// The whole of it.
std::string table(const std::vector<CategoryResult>& results);

/// Categories that an evaluation has no result of.
struct Unfinished {
  std::map<std::string, std::string> failed;  ///< with the reason
  std::vector<std::string> waiting;           ///< not tested yet, by name
};

/// For programs: an object for each category and `mean`, beside how it was made, and what is
/// missing. Missing metrics are null.
std::string json(const std::vector<CategoryResult>& results, const Backbone& backbone,
                 const LearningOptions& options, const Unfinished& unfinished = {});

/// A line for the names, one a category, one for the mean. Missing metrics are empty.
std::string csv(const std::vector<CategoryResult>& results);

}  // namespace mvga::tool
