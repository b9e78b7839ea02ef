// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What files say of a result, and of how it was made, whatever the file holds beside it.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/features/backbone.h"
#include "tools/evaluation/figures.h"
#include "tools/evaluation/result.h"
#include "tools/options/learning_options.h"

namespace mvga::tool {

/// Categories that an evaluation has no result of.
struct Unfinished {
  std::map<std::string, std::string> failed;  ///< with the reason
  std::vector<std::string> waiting;           ///< not tested yet, by name
};

/// Missing metrics are null.
nlohmann::json result_json(const CategoryResult& result);

/// The metrics alone, of deviation_of().
nlohmann::json deviation_json(const CategoryResult& deviation);

/// How results were made, and what is missing.
nlohmann::json evaluation_json(const Backbone& backbone, const LearningOptions& options,
                               const Unfinished& unfinished);

/// The columns of CSV behind that of the category, each with a comma in front. What only some sets
/// are measured by has one where there is any.
class Columns {
 public:
  explicit Columns(const std::vector<CategoryResult>& results);

  std::string names() const;
  /// Missing metrics are empty.
  std::string cells(const CategoryResult& result) const;
  /// Of deviation_of(): all but the metrics are empty.
  std::string deviation_cells(const CategoryResult& deviation) const;

 private:
  std::vector<const Extra*> extras_;
};

/// The result, and its parts as results of their own, called CATEGORY/PART.
std::vector<CategoryResult> with_parts(const CategoryResult& result);

}  // namespace mvga::tool
