// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/combined_score.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mvga {
namespace {

// Below it a measure says no more than "not at all anomalous", and the tail is 1 to rounding.
constexpr double kLowest = -6;
// Above it erfc() comes near to what a double can hold.
constexpr double kFarTail = 25;
// Beyond it, logarithms of tails have no digits left to be compared by.
constexpr double kHighest = 1e6;

double log_density(double z) {
  return -0.5 * z * z - 0.5 * std::log(2 * std::numbers::pi);
}

}  // namespace

double log_upper_tail(double z) {
  if (z < 0) return std::log1p(-0.5 * std::erfc(-z / std::numbers::sqrt2));
  if (z < kFarTail) return std::log(0.5 * std::erfc(z / std::numbers::sqrt2));
  // Abramowitz and Stegun, 26.2.12.
  const double q = 1 / (z * z);
  return log_density(z) - std::log(z) + std::log1p(-q * (1 - q * (3 - 15 * q)));
}

double deviate_with_upper_tail(double log_tail) {
  // The logarithm of the tail is concave: from the right, Newton's method goes down to the root.
  double z = log_tail < -std::numbers::ln2 ? std::sqrt(-2 * log_tail) : 0;
  for (int i = 0; i < 100; ++i) {
    const double tail = log_upper_tail(z);
    const double step = (log_tail - tail) / std::exp(log_density(z) - tail);
    z -= step;
    if (std::abs(step) < 1e-13 * std::max(1.0, std::abs(z))) break;
  }
  return z;
}

double combined_score(double map, double image) {
  const double s =
      -log_upper_tail(std::max(map, kLowest)) - 0.5 * log_upper_tail(std::max(image, kLowest));
  // 2 e^-s - e^-2s = 1 - q^2, each form where it is exact.
  const double q = -std::expm1(-s);
  return deviate_with_upper_tail(s < 1 ? std::log1p(-q * q) : -s + std::log1p(q));
}

double joined_score(double main, double other, double weight) {
  const double s = -log_upper_tail(std::clamp(main, kLowest, kHighest)) -
                   weight * log_upper_tail(std::clamp(other, kLowest, kHighest));
  // Each form where it is exact.
  const double log_tail =
      s < 1 ? std::log1p((std::expm1(-s) - weight * std::expm1(-s / weight)) / (1 - weight))
            : -s + std::log1p(-weight * std::exp(s - s / weight)) - std::log1p(-weight);
  return deviate_with_upper_tail(log_tail);
}

}  // namespace mvga
