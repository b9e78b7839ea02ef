// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tools/evaluation/repetitions.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/splitmix.h"

namespace mvga::tool {
namespace {

std::string plural(std::size_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

std::string name_of_run(const Category& category, const Repetitions& of) {
  return category.name + ", " + of.label + ", " + of.of + " " + std::to_string(of.runs.size());
}

/// The same order for the same number of pictures, wherever this runs: the standard library's
/// distributions differ from one to the next.
std::vector<std::string> shuffled(std::vector<std::string> pictures, std::size_t seed) {
  std::uint64_t state = splitmix64(seed + kSplitMixStep);
  for (std::size_t left = pictures.size(); left > 1; --left) {
    state += kSplitMixStep;
    std::swap(pictures[left - 1], pictures[splitmix64(state) % left]);
  }
  std::reverse(pictures.begin(), pictures.end());  // the first are the first that were drawn
  return pictures;
}

Repetitions few_shot(const Category& category, std::size_t shots, std::size_t seeds) {
  if (shots > category.train.size())
    throw Error(ErrorKind::too_few, category.name + ": has " +
                                        plural(category.train.size(), "picture") +
                                        " to learn from, fewer than --shots " +
                                        std::to_string(shots) + "; ask for as many at most");
  Repetitions repetitions{plural(shots, "shot"), "seed", shots, {}, {}};
  for (std::size_t seed = 0; seed < seeds; ++seed) {
    Category run = category;
    run.name = name_of_run(category, repetitions);
    run.train = shuffled(category.train, seed);
    run.train.resize(shots);
    std::sort(run.train.begin(), run.train.end());
    repetitions.runs.push_back(std::move(run));
  }
  return repetitions;
}

std::vector<std::string> all_normal(const Category& category) {
  std::vector<std::string> normal = category.train;
  for (const TestPicture& picture : category.test)
    if (picture.good()) normal.push_back(picture.file.string());
  std::sort(normal.begin(), normal.end());
  return normal;
}

Repetitions cross_validation(const Category& category, std::size_t folds) {
  const std::vector<std::string> normal = all_normal(category);
  if (folds > normal.size())
    throw Error(ErrorKind::too_few,
                category.name + ": has " + plural(normal.size(), "normal picture") +
                    ", fewer than --folds " + std::to_string(folds) + "; ask for as many at most");
  std::vector<TestPicture> defects = category.test;
  std::erase_if(defects, [](const TestPicture& picture) { return picture.good(); });
  Repetitions repetitions{plural(folds, "fold"), "fold", 0, {}, {}};
  repetitions.note =
      "all " + plural(normal.size(), "normal picture") + ", those of the test too, in " +
      std::to_string(folds) +
      " consecutive parts by name: each is tested once, with all defects, by a model "
      "of the others; no other division is used";
  for (std::size_t fold = 0; fold < folds; ++fold) {
    Category run = category;
    run.name = name_of_run(category, repetitions);
    run.train.clear();
    run.test.clear();
    for (std::size_t i = 0; i < normal.size(); ++i)
      if (i >= normal.size() * fold / folds && i < normal.size() * (fold + 1) / folds)
        run.test.push_back({normal[i], "good", std::nullopt});
      else
        run.train.push_back(normal[i]);
    run.test.insert(run.test.end(), defects.begin(), defects.end());
    repetitions.runs.push_back(std::move(run));
  }
  return repetitions;
}

}  // namespace

std::vector<std::string> labels_of(const RepetitionPlan& plan) {
  if (plan.folds > 0) return {plural(plan.folds, "fold")};
  std::vector<std::string> labels;
  for (const std::size_t shots : plan.shots) labels.push_back(plural(shots, "shot"));
  return labels;
}

std::string over_runs(const RepetitionPlan& plan) {
  return "over " + (plan.folds > 0 ? plural(plan.folds, "fold") : plural(plan.seeds, "seed"));
}

std::vector<Repetitions> repetitions_of(const Category& category, const RepetitionPlan& plan) {
  if (plan.folds > 0) return {cross_validation(category, plan.folds)};
  std::vector<Repetitions> all;
  for (const std::size_t shots : plan.shots) all.push_back(few_shot(category, shots, plan.seeds));
  return all;
}

}  // namespace mvga::tool
