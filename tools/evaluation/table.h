// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The results of an evaluation for people, as they come.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/evaluation/category.h"
#include "tools/evaluation/figures.h"
#include "tools/evaluation/result.h"

namespace mvga::tool {

/// The names of the columns, a row a category, then the mean. What is missing is a dash.
class Table {
 public:
  /// @param names of all rows, which the first column holds
  /// @param extras that some of them have
  explicit Table(const std::vector<std::string>& names,
                 const std::vector<const Extra*>& extras = {});
  std::string heading() const;
  /// And a row for each of its parts.
  std::string row(const CategoryResult& result) const;
  /// By how much runs differ: metrics alone.
  std::string deviation_row(const std::string& name, const CategoryResult& deviation) const;

 private:
  std::string only_row(const CategoryResult& result) const;
  std::string metric_cells(const CategoryResult& result) const;

  std::size_t width_of_names_ = 8;
  std::vector<const Extra*> extras_;
};

/// What the results of these categories have beside the common metrics.
std::vector<const Extra*> extras_of(const std::vector<Category>& categories);

/// What the row of a part is called.
std::string name_of_part(const std::string& part);

/// The whole of it.
std::string table(const std::vector<CategoryResult>& results);

}  // namespace mvga::tool
