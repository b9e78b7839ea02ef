// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A category that is learned and tested several times, from other pictures each time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/evaluation/category.h"

namespace mvga::tool {

/// Runs that are averaged.
struct Repetitions {
  std::string label;           ///< "2 shots", "5 folds"
  std::string of;              ///< what runs are counted by: "seed", "fold"
  std::size_t shots = 0;       ///< pictures to learn from; 0: of folds
  std::string note;            ///< how pictures were divided, where that is not plain
  std::vector<Category> runs;  ///< counted from 0; named after category, label and count
};

/// How often, and of what; empty: once, as the set is divided.
struct RepetitionPlan {
  std::vector<std::size_t> shots;
  std::size_t seeds = 5;
  std::size_t folds = 0;

  bool empty() const { return shots.empty() && folds == 0; }
};

/// "1 shot", "2 shots"; "5 folds".
std::vector<std::string> labels_of(const RepetitionPlan& plan);
/// "over 5 seeds"
std::string over_runs(const RepetitionPlan& plan);

/// Few-shot learning as the literature has it: for each number of shots, and each seed from 0 on,
/// so many of the pictures to learn from, by chance; a seed's fewer ones are among its more. All
/// are tested with the whole test. Or cross-validation: all normal pictures, those of the test too,
/// in consecutive parts by name, of which each is tested once, with all defects, by a model of the
/// others.
/// @throws Error too_few if there are fewer pictures than shots or folds
std::vector<Repetitions> repetitions_of(const Category& category, const RepetitionPlan& plan);

}  // namespace mvga::tool
