// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/result.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "tools/evaluation/figures.h"

namespace mvga::tool {
namespace {

/// Of the results that have it.
template <typename ValueOf>
std::vector<double> values(const std::vector<CategoryResult>& results, const ValueOf& value_of) {
  std::vector<double> found;
  for (const CategoryResult& r : results)
    if (const double value = value_of(r); !std::isnan(value)) found.push_back(value);
  return found;
}

double mean(const std::vector<double>& values) {
  if (values.empty()) return kNotMeasured;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation(const std::vector<double>& values) {
  if (values.size() < 2) return kNotMeasured;
  double squares = 0;
  for (const double value : values) squares += std::pow(value - mean(values), 2);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

/// What `summary` makes of the metrics and of F1.
CategoryResult summarised(const std::vector<CategoryResult>& results,
                          double (*summary)(const std::vector<double>&)) {
  CategoryResult all;
  for (const Metric& m : metrics())
    all.metrics[m.key] =
        summary(values(results, [&](const CategoryResult& r) { return r.metrics[m.key]; }));
  for (const Extra& extra : kExtras)
    extra.of(all) = summary(values(results, [&](const CategoryResult& r) { return extra.of(r); }));
  all.f1 = summary(values(results, [](const CategoryResult& r) { return r.f1; }));
  return all;
}

/// The parts of this name.
std::vector<CategoryResult> parts_called(const std::string& name,
                                         const std::vector<CategoryResult>& results) {
  std::vector<CategoryResult> found;
  for (const CategoryResult& r : results)
    std::copy_if(r.parts.begin(), r.parts.end(), std::back_inserter(found),
                 [&](const CategoryResult& part) { return part.name == name; });
  return found;
}

/// What `summary` makes of each part, in the order in which they first come.
std::vector<CategoryResult> summarised_parts(
    const std::vector<CategoryResult>& results,
    CategoryResult (*summary)(const std::vector<CategoryResult>&)) {
  std::vector<CategoryResult> parts;
  for (const CategoryResult& r : results)
    for (const CategoryResult& part : r.parts) {
      if (std::any_of(parts.begin(), parts.end(),
                      [&](const CategoryResult& known) { return known.name == part.name; }))
        continue;
      parts.push_back(summary(parts_called(part.name, results)));
      parts.back().name = part.name;
    }
  return parts;
}

}  // namespace

CategoryResult mean_of(const std::vector<CategoryResult>& results) {
  CategoryResult all = summarised(results, mean);
  all.name = "mean";
  all.parts = summarised_parts(results, mean_of);
  const auto set_times = [&](const auto& times) {
    for (const TimeTaken& time : times)
      all.*time.seconds =
          mean(values(results, [&](const CategoryResult& r) { return r.*time.seconds; }));
  };
  set_times(kTimes);
  set_times(kStageTimes);
  for (const Count& count : kCounts)
    for (const CategoryResult& r : results) all.*count.value += r.*count.value;
  for (const Verdicts& count : kVerdicts)
    for (const CategoryResult& r : results) all.verdicts.*count.value += r.verdicts.*count.value;
  all.judged =
      std::any_of(results.begin(), results.end(), [](const CategoryResult& r) { return r.judged; });
  return all;
}

void average_parts(CategoryResult& result) {
  const CategoryResult means = summarised(result.parts, mean);
  result.metrics = means.metrics;
  result.saturated_pro = means.saturated_pro;
}

CategoryResult deviation_of(const std::vector<CategoryResult>& runs) {
  CategoryResult all = summarised(runs, deviation);
  all.name = "deviation";
  all.parts = summarised_parts(runs, deviation_of);
  all.judged = false;
  return all;
}

}  // namespace mvga::tool
