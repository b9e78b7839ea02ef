// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Whether statistics of two parts can be put together.
#pragma once

#include <optional>
#include <string>

#include "core/files/statistics_file.h"

namespace mvga {

/// One property in which two parts differ, in words; the option that sets it.
struct Difference {
  std::string has;
  std::string other_has;
  std::string option;
};

/// In everything that the statistics depend on.
std::optional<Difference> difference(const StatisticsInfo& part, const FeatureSource& source,
                                     const FitSettings& settings);

}  // namespace mvga
