// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/output.h"

#include <nlohmann/json.hpp>

#include "core/base/plain_text.h"
#include "tools/output/csv.h"

namespace mvga::tool {

std::string json(const std::vector<CategoryResult>& results, const Backbone& backbone,
                 const LearningOptions& options, const Unfinished& unfinished) {
  nlohmann::json document = evaluation_json(backbone, options, unfinished);
  document["mean"] = result_json(mean_of(results));
  for (const CategoryResult& r : results) document["categories"][as_utf8(r.name)] = result_json(r);
  return document.dump(2) + "\n";
}

std::string csv(const std::vector<CategoryResult>& results) {
  const Columns columns(results);
  std::string text = "category" + columns.names() + "\n";
  const auto add_rows = [&](const CategoryResult& result) {
    for (const CategoryResult& r : with_parts(result))
      text += csv_text(r.name) + columns.cells(r) + "\n";
  };
  for (const CategoryResult& r : results) add_rows(r);
  add_rows(mean_of(results));
  return text;
}

}  // namespace mvga::tool
