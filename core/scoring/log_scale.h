// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A scale on which positive quantities that differ by factors are alike.
#pragma once

#include <vector>

namespace mvga {

/// A positive quantity, by its logarithm's mean and standard deviation over normal images.
struct LogScale {
  double mean = 0;
  double deviation = 1;

  double standardise(double value) const;
  bool operator==(const LogScale&) const = default;
};

/// @param values of normal images, at least one
LogScale log_scale(std::vector<double> values);

}  // namespace mvga
