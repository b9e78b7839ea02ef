// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What several runs of a category say together, and of all categories.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/features/backbone.h"
#include "tools/evaluation/repetitions.h"
#include "tools/evaluation/result.h"
#include "tools/evaluation/result_text.h"
#include "tools/options/learning_options.h"

namespace mvga::tool {

/// The results of Repetitions.
struct RepeatedResult {
  std::string category;
  std::string label;  ///< "2 shots"
  std::string of;     ///< "seed"
  std::size_t shots = 0;
  std::vector<CategoryResult> runs;
  std::vector<std::vector<std::string>> learned;  ///< by each run, for few shots

  std::string name() const { return category + ", " + label; }
};

/// Of all categories together, for each label: the mean over them is taken run by run, so that the
/// deviation is that of the mean.
/// @param results with as many runs each
std::vector<RepeatedResult> means_of(const std::vector<RepeatedResult>& results);

/// The mean over the runs, also of what is counted.
CategoryResult mean_run(const RepeatedResult& result);

/// As json() and csv() are, with all runs, their mean and their standard deviation.
/// @param results not empty
std::string repeated_json(const std::vector<RepeatedResult>& results, const Backbone& backbone,
                          const LearningOptions& options, const Unfinished& unfinished);
std::string repeated_csv(const std::vector<RepeatedResult>& results);

}  // namespace mvga::tool
