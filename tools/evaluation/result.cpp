// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/result.h"

#include <cmath>
#include <limits>

#include "tools/evaluation/figures.h"

namespace mvga::tool {
namespace {

/// Over the results whose value is there.
template <typename ValueOf>
double mean(const std::vector<CategoryResult>& results, const ValueOf& value_of) {
  double sum = 0;
  double count = 0;
  for (const CategoryResult& r : results) {
    const double value = value_of(r);
    if (std::isnan(value)) continue;
    sum += value;
    ++count;
  }
  return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

CategoryResult mean_of(const std::vector<CategoryResult>& results) {
  CategoryResult all;
  all.name = "mean";
  for (const Metric& m : metrics())
    all.metrics[m.key] = mean(results, [&](const CategoryResult& r) { return r.metrics[m.key]; });
  all.f1 = mean(results, [](const CategoryResult& r) { return r.f1; });
  const auto set_times = [&](const auto& times) {
    for (const TimeTaken& time : times)
      all.*time.seconds = mean(results, [&](const CategoryResult& r) { return r.*time.seconds; });
  };
  set_times(kTimes);
  set_times(kStageTimes);
  for (const Count& count : kCounts)
    for (const CategoryResult& r : results) all.*count.value += r.*count.value;
  for (const Verdicts& count : kVerdicts)
    for (const CategoryResult& r : results) all.verdicts.*count.value += r.verdicts.*count.value;
  return all;
}

}  // namespace mvga::tool
