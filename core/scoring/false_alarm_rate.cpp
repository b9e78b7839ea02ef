// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/false_alarm_rate.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace mvga {

Threshold threshold_for(std::span<const double> scores, double wanted) {
  const std::size_t m = scores.size();
  const double miss = 1 - kConfidence;
  const auto n = static_cast<double>(m);
  if (wanted >= 1) return {scores.front(), 1};
  if (!(wanted > 0)) return {scores.back(), 1 - std::pow(miss, 1 / n)};
  // Walk up the binomial distribution while its cumulative probability stays within `miss`.
  double log_term = n * std::log1p(-wanted);
  double cumulative = std::exp(log_term);
  if (cumulative > miss) return {scores.back(), least_rate(m)};
  std::size_t above = 0;
  while (above + 1 < m) {
    const auto k = static_cast<double>(above + 1);
    log_term += std::log((n - k + 1) / k) + std::log(wanted) - std::log1p(-wanted);
    cumulative += std::exp(log_term);
    if (cumulative > miss) break;
    ++above;
  }
  return {scores[m - 1 - above], wanted};
}

std::size_t frames_needed(double rate) {
  if (rate >= 1) return 1;
  if (!(rate > 0)) return SIZE_MAX;
  const double frames = std::ceil(std::log(1 - kConfidence) / std::log1p(-rate) - 1e-9);
  constexpr double kEndOfSize = 18446744073709551616.0;  // 2^64, which a size_t cannot be
  return frames < kEndOfSize ? static_cast<std::size_t>(frames) : SIZE_MAX;
}

double least_rate(std::size_t frames) {
  return 1 - std::pow(1 - kConfidence, 1 / static_cast<double>(frames));
}

double p_value(std::span<const double> scores, double score) {
  const auto below = std::lower_bound(scores.begin(), scores.end(), score) - scores.begin();
  const double at_least = static_cast<double>(scores.size()) - static_cast<double>(below);
  return (1 + at_least) / (1 + static_cast<double>(scores.size()));
}

}  // namespace mvga
