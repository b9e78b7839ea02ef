// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/commands/repeated_runs.h"

#include <cstdio>
#include <utility>

#include "tools/commands/results.h"
#include "tools/output/progress.h"

namespace mvga::tool {
namespace {

std::string name_of_deviation(const std::string& over) {
  return "  ± " + over;
}

std::vector<std::string> names_of_run_rows(const std::vector<Category>& categories,
                                           const RepetitionPlan& plan) {
  std::vector<std::string> names;
  for (const std::string& label : labels_of(plan)) {
    for (const Category& category : categories) names.push_back(category.name + ", " + label);
    names.push_back("mean, " + label);
  }
  for (const Category& category : categories)
    for (const std::string& part : category.parts) names.push_back(name_of_part(part));
  names.push_back(name_of_deviation(over_runs(plan)));
  return names;
}

}  // namespace

RepeatedRuns::RepeatedRuns(const std::vector<Category>& categories, const RepetitionPlan& plan,
                           Write write)
    : table_(names_of_run_rows(categories, plan), extras_of(categories)),
      over_(over_runs(plan)),
      write_(std::move(write)) {
  for (const Category& category : categories) unfinished_.waiting.push_back(category.name);
}

void RepeatedRuns::print(const RepeatedResult& result) const {
  std::fputs(table_.row(mean_run(result)).c_str(), stdout);
  std::fputs(table_.deviation_row(name_of_deviation(over_), deviation_of(result.runs)).c_str(),
             stdout);
  std::fflush(stdout);
}

void RepeatedRuns::add(const RepeatedResult& result) {
  if (results_.empty()) std::fputs(table_.heading().c_str(), stdout);
  results_.push_back(result);
  print(result);
  write_(results_, unfinished_);
}

void RepeatedRuns::finish(const std::string& category) {
  std::erase(unfinished_.waiting, category);
  write_(results_, unfinished_);
}

void RepeatedRuns::add_failure(const std::string& category, const std::string& why) {
  say(category + ": failed: " + why);
  unfinished_.failed[category] = why;
  std::erase(unfinished_.waiting, category);
  if (!results_.empty()) write_(results_, unfinished_);
}

void RepeatedRuns::finish(std::size_t categories) const {
  for (const RepeatedResult& mean : means_of(results_)) print(mean);
  throw_if_failed(unfinished_, categories);
}

}  // namespace mvga::tool
