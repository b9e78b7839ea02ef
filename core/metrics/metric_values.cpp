// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/metrics/metric_values.h"

#include <limits>

namespace mvga {
namespace {

std::size_t place_of(std::string_view key) {
  return static_cast<std::size_t>(&metric(key) - metrics().data());
}

}  // namespace

MetricValues::MetricValues()
    : values_(metrics().size(), std::numeric_limits<double>::quiet_NaN()) {}

void MetricValues::measure(Ranked ranked, const RankedScores& scores) {
  for (const Metric& each : metrics())
    if (each.ranked == ranked) (*this)[each.key] = 100 * each.compute(scores);
}

double MetricValues::operator[](std::string_view key) const {
  return values_[place_of(key)];
}

double& MetricValues::operator[](std::string_view key) {
  return values_[place_of(key)];
}

}  // namespace mvga
