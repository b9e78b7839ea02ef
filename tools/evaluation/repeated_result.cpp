// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/repeated_result.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/plain_text.h"
#include "tools/evaluation/figures.h"
#include "tools/output/csv.h"

namespace mvga::tool {
namespace {

nlohmann::json run_json(const RepeatedResult& result, std::size_t run) {
  nlohmann::json object = result_json(result.runs[run]);
  object[result.of] = run;
  if (run < result.learned.size()) {
    object["learned"] = nlohmann::json::array();
    for (const std::string& picture : result.learned[run])
      object["learned"].push_back(as_utf8(std::filesystem::path(picture).filename().string()));
  }
  return object;
}

nlohmann::json runs_json(const RepeatedResult& result) {
  nlohmann::json object{{"mean", result_json(mean_run(result))},
                        {"deviation", deviation_json(deviation_of(result.runs))},
                        {"runs", nlohmann::json::array()}};
  for (std::size_t run = 0; run < result.runs.size(); ++run)
    object["runs"].push_back(run_json(result, run));
  return object;
}

/// Few shots by their number, as several numbers are tried.
nlohmann::json& place_in(nlohmann::json& object, const RepeatedResult& result) {
  return result.shots == 0 ? object : object[std::to_string(result.shots)];
}

/// The lines of CSV.
class RunLines {
 public:
  explicit RunLines(const std::vector<RepeatedResult>& results)
      : columns_(results.front().runs),
        text_("category" + columns_.names() + (results.front().shots > 0 ? ",shots" : "") + "," +
              results.front().of + "\n") {}

  void add(const RepeatedResult& result) {
    for (std::size_t run = 0; run < result.runs.size(); ++run)
      add(result, result.runs[run], std::to_string(run), &Columns::cells);
    add(result, mean_run(result), "mean", &Columns::cells);
    add(result, deviation_of(result.runs), "deviation", &Columns::deviation_cells);
  }

  std::string take() { return std::move(text_); }

 private:
  void add(const RepeatedResult& of, CategoryResult result, const std::string& run,
           std::string (Columns::*cells)(const CategoryResult&) const) {
    result.name = of.category;
    for (const CategoryResult& r : with_parts(result)) {
      text_ += csv_text(r.name) + (columns_.*cells)(r);
      if (of.shots > 0) text_ += "," + std::to_string(of.shots);
      text_ += "," + run + "\n";
    }
  }

  Columns columns_;
  std::string text_;
};

void divide_counts(std::size_t runs, CategoryResult& sums) {
  for (const Count& count : kCounts) sums.*count.value = (sums.*count.value + runs / 2) / runs;
  for (const Verdicts& count : kVerdicts)
    sums.verdicts.*count.value = (sums.verdicts.*count.value + runs / 2) / runs;
  for (CategoryResult& part : sums.parts) divide_counts(runs, part);
}

RepeatedResult mean_over_categories(const std::vector<const RepeatedResult*>& categories) {
  RepeatedResult mean = *categories.front();
  mean.category = "mean";
  mean.learned.clear();
  for (std::size_t run = 0; run < mean.runs.size(); ++run) {
    std::vector<CategoryResult> same_run;
    same_run.reserve(categories.size());
    for (const RepeatedResult* category : categories) same_run.push_back(category->runs.at(run));
    mean.runs[run] = mean_of(same_run);
  }
  return mean;
}

}  // namespace

std::vector<RepeatedResult> means_of(const std::vector<RepeatedResult>& results) {
  std::vector<RepeatedResult> means;
  for (const RepeatedResult& first : results) {
    const auto has_label = [&](const RepeatedResult& r) { return r.label == first.label; };
    if (std::any_of(means.begin(), means.end(), has_label)) continue;
    std::vector<const RepeatedResult*> same_label;
    for (const RepeatedResult& r : results)
      if (has_label(r)) same_label.push_back(&r);
    means.push_back(mean_over_categories(same_label));
  }
  return means;
}

CategoryResult mean_run(const RepeatedResult& result) {
  CategoryResult mean = mean_of(result.runs);
  mean.name = result.name();
  divide_counts(result.runs.size(), mean);
  return mean;
}

std::string repeated_json(const std::vector<RepeatedResult>& results, const Backbone& backbone,
                          const LearningOptions& options, const Unfinished& unfinished) {
  nlohmann::json document = evaluation_json(backbone, options, unfinished);
  for (const RepeatedResult& r : results)
    place_in(document["categories"][as_utf8(r.category)], r) = runs_json(r);
  for (const RepeatedResult& r : means_of(results)) place_in(document["mean"], r) = runs_json(r);
  return document.dump(2) + "\n";
}

std::string repeated_csv(const std::vector<RepeatedResult>& results) {
  RunLines lines(results);
  for (const RepeatedResult& r : results) lines.add(r);
  for (const RepeatedResult& r : means_of(results)) lines.add(r);
  return lines.take();
}

}  // namespace mvga::tool
