// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/results.h"

#include <cstdio>
#include <utility>

#include "core/base/error.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

std::vector<std::string> names_of(const std::vector<Category>& categories) {
  std::vector<std::string> names;
  names.reserve(categories.size());
  for (const Category& category : categories) names.push_back(category.name);
  return names;
}

std::vector<std::string> names_of_rows(const std::vector<Category>& categories) {
  std::vector<std::string> names = names_of(categories);
  for (const Category& category : categories)
    for (const std::string& part : category.parts) names.push_back(name_of_part(part));
  return names;
}

}  // namespace

void throw_if_failed(const Unfinished& unfinished, std::size_t categories) {
  if (unfinished.failed.empty()) return;
  std::string names;
  for (const auto& [name, why] : unfinished.failed) names.append(names.empty() ? "" : ", ") += name;
  throw Error(ErrorKind::unreadable,
              std::to_string(unfinished.failed.size()) + " of " + std::to_string(categories) +
                  " categories failed and are missing from the results: " + names);
}

Results::Results(const std::vector<Category>& categories,
                 std::function<void(const std::vector<CategoryResult>&, const Unfinished&)> write)
    : table_(names_of_rows(categories), extras_of(categories)), write_(std::move(write)) {
  unfinished_.waiting = names_of(categories);
}

void Results::leave_waiting(const std::string& name) {
  std::erase(unfinished_.waiting, name);
}

void Results::add(const CategoryResult& result) {
  if (results_.empty()) std::fputs(table_.heading().c_str(), stdout);
  results_.push_back(result);
  leave_waiting(result.name);
  std::fputs(table_.row(result).c_str(), stdout);
  std::fflush(stdout);
  write_(results_, unfinished_);
}

void Results::add_failure(const std::string& name, const std::string& why) {
  say(name + ": failed: " + why);
  unfinished_.failed[name] = why;
  leave_waiting(name);
  if (!results_.empty()) write_(results_, unfinished_);
}

void Results::finish() const {
  if (!results_.empty()) std::fputs(table_.row(mean_of(results_)).c_str(), stdout);
  throw_if_failed(unfinished_, results_.size() + unfinished_.failed.size());
}

}  // namespace mvga::tool
