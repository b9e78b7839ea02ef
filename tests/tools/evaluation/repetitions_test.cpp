// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Which pictures few shots and folds learn from, and what several runs say together.

#include "tools/evaluation/repetitions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/tools/evaluation/small_evaluation.h"
#include "tests/tools/harness/failures.h"
#include "tools/evaluation/repeated_result.h"
#include "tools/evaluation/table.h"

namespace mvga::tool {
namespace {

using testing::contains;
using testing::failure_of;

/// Pictures train/00... to learn from; test/good/00... and one defect to test with.
Category category(int train, int good) {
  Category made;
  made.name = "part";
  const auto number = [](int i) { return (i < 10 ? "0" : "") + std::to_string(i); };
  for (int i = 0; i < train; ++i) made.train.push_back("train/" + number(i));
  for (int i = 0; i < good; ++i) made.test.push_back({"test/good/" + number(i), "good", {}});
  made.test.push_back({"test/cut/00", "cut", "masks/00"});
  return made;
}

TEST(FewShots, LearnFromSoManyAndTestAll) {
  const auto all = repetitions_of(category(20, 3), {{1, 4}, 6, 0});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].label, "1 shot");
  EXPECT_EQ(all[1].label, "4 shots");
  for (const Repetitions& repeated : all) {
    ASSERT_EQ(repeated.runs.size(), 6U);
    for (const Category& run : repeated.runs) {
      EXPECT_EQ(run.train.size(), repeated.shots);
      EXPECT_EQ(std::set<std::string>(run.train.begin(), run.train.end()).size(), repeated.shots)
          << "a picture is learned twice";
      EXPECT_EQ(run.test.size(), 4U);
    }
  }
  EXPECT_EQ(all[1].runs[5].name, "part, 4 shots, seed 5");
}

TEST(FewShots, OfOneSeedAreAmongItsMore) {
  const auto all = repetitions_of(category(20, 3), {{2, 5}, 10, 0});
  for (std::size_t seed = 0; seed < 10; ++seed)
    EXPECT_TRUE(std::includes(all[1].runs[seed].train.begin(), all[1].runs[seed].train.end(),
                              all[0].runs[seed].train.begin(), all[0].runs[seed].train.end()))
        << "seed " << seed << ": more shots are other shots";
}

TEST(FewShots, AreTheSameWheneverTheyAreDrawnAndTakeEveryPictureAsOften) {
  const auto once = repetitions_of(category(8, 1), {{2}, 4000, 0});
  const auto again = repetitions_of(category(8, 1), {{2}, 4000, 0});
  std::map<std::string, int> times;
  for (std::size_t seed = 0; seed < 4000; ++seed) {
    ASSERT_EQ(once[0].runs[seed].train, again[0].runs[seed].train);
    for (const std::string& picture : once[0].runs[seed].train) ++times[picture];
  }
  ASSERT_EQ(times.size(), 8U);
  for (const auto& [picture, count] : times)  // 1000 expected, with a deviation of 27
    EXPECT_NEAR(count, 1000, 5 * 27) << picture;
}

TEST(FewShots, TakeAsManyPicturesAsThereAre) {
  EXPECT_EQ(repetitions_of(category(3, 1), {{3}, 1, 0})[0].runs[0].train,
            (std::vector<std::string>{"train/00", "train/01", "train/02"}));
  const std::string text = failure_of([] { repetitions_of(category(3, 1), {{1, 4}, 1, 0}); });
  EXPECT_TRUE(contains(text, "part: has 3 pictures")) << text;
  EXPECT_TRUE(contains(text, "--shots 4")) << text;
}

TEST(Folds, TestEveryNormalPictureOnceAndAllDefectsEachTime) {
  for (const std::size_t folds : {2U, 3U, 5U, 13U}) {
    const auto all = repetitions_of(category(10, 3), {{}, 5, folds});
    ASSERT_EQ(all.size(), 1U);
    ASSERT_EQ(all[0].runs.size(), folds);
    std::map<std::string, int> tested;
    for (const Category& run : all[0].runs) {
      std::size_t good = 0;
      for (const TestPicture& picture : run.test) {
        if (!picture.good()) continue;
        ++good;
        ++tested[picture.file.string()];
        EXPECT_EQ(std::count(run.train.begin(), run.train.end(), picture.file.string()), 0)
            << "is tested by a model that has learned it";
      }
      EXPECT_EQ(good + run.train.size(), 13U);
      EXPECT_LE(good, (13 + folds - 1) / folds);
      EXPECT_EQ(run.test.size(), good + 1);
      EXPECT_EQ(run.test.back().kind, "cut");
      EXPECT_TRUE(run.test.back().mask) << "the defect lost its mask";
    }
    EXPECT_EQ(tested.size(), 13U);
    for (const auto& [picture, count] : tested) EXPECT_EQ(count, 1) << picture;
  }
  const std::string text = failure_of([] { repetitions_of(category(3, 1), {{}, 5, 5}); });
  EXPECT_TRUE(contains(text, "4 normal pictures") && contains(text, "--folds 5")) << text;
}

// ---- what they say together

CategoryResult with(double auroc, std::size_t good = 4) {
  CategoryResult result;
  result.metrics["image_auroc"] = auroc;
  result.n_train = 2;
  result.n_good = good;
  result.judged = false;
  return result;
}

RepeatedResult shots(const std::string& name, std::size_t count, std::vector<CategoryResult> runs) {
  RepeatedResult result{name, std::to_string(count) + " shots", "seed", count, std::move(runs), {}};
  result.learned.assign(result.runs.size(), {"set/" + name + "/train/good/007.png"});
  return result;
}

TEST(RepeatedResults, AreMeanAndDeviation) {
  const RepeatedResult result = shots("a", 2, {with(90), with(94), with(98)});
  EXPECT_DOUBLE_EQ(mean_run(result).metrics["image_auroc"], 94);
  EXPECT_DOUBLE_EQ(deviation_of(result.runs).metrics["image_auroc"], 4);
  EXPECT_TRUE(std::isnan(deviation_of(result.runs).metrics["pixel_auroc"]));
  EXPECT_TRUE(std::isnan(deviation_of({with(90)}).metrics["image_auroc"]))
      << "one run has no deviation";
  EXPECT_EQ(mean_run(result).n_train, 2U) << "counts of all runs are added up";
  EXPECT_EQ(mean_run(result).n_good, 4U);
}

TEST(RepeatedResults, OfAllCategoriesDeviateAsTheirMeanDoes) {
  // The means of seeds 0, 1 are 90 and 90: what one gains the other loses.
  const auto means =
      means_of({shots("a", 1, {with(80), with(100)}), shots("a", 2, {with(100), with(100)}),
                shots("b", 1, {with(100), with(80)}), shots("b", 2, {with(90), with(94)})});
  ASSERT_EQ(means.size(), 2U);
  EXPECT_EQ(means[0].name(), "mean, 1 shots");
  EXPECT_DOUBLE_EQ(mean_run(means[0]).metrics["image_auroc"], 90);
  EXPECT_DOUBLE_EQ(deviation_of(means[0].runs).metrics["image_auroc"], 0);
  EXPECT_DOUBLE_EQ(mean_run(means[1]).metrics["image_auroc"], 96);
  EXPECT_NEAR(deviation_of(means[1].runs).metrics["image_auroc"], std::sqrt(2.0), 1e-12);
  EXPECT_EQ(mean_run(means[1]).n_good, 8U);
}

TEST(RepeatedResults, AreInTheJsonWithAllRuns) {
  const auto document = nlohmann::json::parse(
      repeated_json({shots("a", 1, {with(90), with(94)}), shots("a", 2, {with(96), with(98)})},
                    *testing::small_backbone(), LearningOptions(), {}));
  const auto& two = document["categories"]["a"]["2"];
  EXPECT_EQ(two["mean"]["image_auroc"], 97);
  EXPECT_NEAR(two["deviation"]["image_auroc"], std::sqrt(2.0), 1e-12);
  EXPECT_EQ(two["runs"][1]["image_auroc"], 98);
  EXPECT_EQ(two["runs"][1]["seed"], 1);
  EXPECT_EQ(two["runs"][1]["learned"], nlohmann::json({"007.png"}));
  EXPECT_TRUE(two["mean"]["threshold"].is_null());
  EXPECT_TRUE(two["mean"]["true_positives"].is_null()) << "nothing was judged";
  EXPECT_EQ(document["mean"]["1"]["mean"]["image_auroc"], 92);
}

TEST(RepeatedResults, HaveOneLineOfCsvForEachRunMeanAndDeviation) {
  const std::string text = repeated_csv({shots("a", 2, {with(90), with(94)})});
  std::istringstream stream(text);
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(stream, line);) {
    lines.emplace_back();
    std::istringstream cells(line + ",end");
    for (std::string cell; std::getline(cells, cell, ',');) lines.back().push_back(cell);
  }
  ASSERT_EQ(lines.size(), 9U) << text;
  for (const auto& line : lines) EXPECT_EQ(line.size(), lines[0].size()) << "cells are missing";
  const auto cell = [&](std::size_t line, const std::string& column) {
    const auto found = std::find(lines[0].begin(), lines[0].end(), column);
    return lines[line].at(static_cast<std::size_t>(found - lines[0].begin()));
  };
  EXPECT_EQ(cell(2, "seed"), "1");
  EXPECT_EQ(cell(2, "shots"), "2");
  EXPECT_EQ(cell(2, "image_auroc"), "94.000000");
  EXPECT_EQ(cell(2, "f1"), "");
  EXPECT_EQ(cell(2, "false_positives"), "");
  EXPECT_EQ(cell(3, "seed"), "mean");
  EXPECT_EQ(cell(3, "image_auroc"), "92.000000");
  EXPECT_EQ(cell(4, "seed"), "deviation");
  EXPECT_EQ(cell(4, "image_auroc"), "2.828427");
  EXPECT_EQ(cell(4, "n_train"), "");
  EXPECT_EQ(cell(7, "category"), "mean");
}

TEST(RepeatedResults, StandInTwoRowsUnderTheSameHeadings) {
  const RepeatedResult result = shots("a", 2, {with(90), with(94)});
  const Table table({result.name()});
  const std::string heading = table.heading();
  const std::string mean = table.row(mean_run(result));
  const std::string deviation = table.deviation_row("  ± over", deviation_of(result.runs));
  const std::size_t end = heading.find("image AUROC") + std::string("image AUROC").size();
  EXPECT_EQ(mean.substr(end - 5, 5), "92.00");
  EXPECT_EQ(deviation.substr(end + 1 - 4, 4), "2.83") << "± has two bytes and one column";
  EXPECT_TRUE(contains(mean, "   -      -       - ")) << "verdicts that nobody gave: " << mean;
}

}  // namespace
}  // namespace mvga::tool
