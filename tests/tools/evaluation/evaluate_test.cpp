// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What mvga evaluate finds in a folder, and what it makes of it.

#include "tools/evaluation/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/evaluation/small_evaluation.h"
#include "tests/tools/harness/failures.h"
#include "tools/evaluation/missing_metrics.h"
#include "tools/evaluation/output.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using testing::failure_of;
using testing::small_backbone;
using testing::TemporaryFolder;

CategoryResult result_of(const fs::path& folder, bool strict = false) {
  EvaluationSettings settings = testing::quiet_settings();
  settings.strict = strict;
  return evaluate(read_category(folder), small_backbone(), settings);
}

class Evaluate : public ::testing::Test {
 protected:
  void SetUp() override { testing::write_category(folder_ / "part"); }
  fs::path part() const { return folder_ / "part"; }

  TemporaryFolder folder_;
};

TEST_F(Evaluate, TellsBlocksFromTexture) {
  const CategoryResult r = result_of(part());
  EXPECT_EQ(r.name, "part");
  EXPECT_EQ(r.n_train, 16U);
  EXPECT_EQ(r.n_good, 4U);
  EXPECT_EQ(r.n_defect, 3U);
  EXPECT_EQ(r.metrics["image_auroc"], 100);
  EXPECT_EQ(r.metrics["image_ap"], 100);
  EXPECT_EQ(r.metrics["image_f1_max"], 100);
  EXPECT_GT(r.metrics["pixel_auroc"], 90) << "the map is not where the mask is";
  EXPECT_GT(r.metrics["au_pro"], 50);
  EXPECT_LE(r.metrics["au_pro_05"], r.metrics["au_pro"]);
  EXPECT_GT(r.seconds_per_image, 0);
}

TEST_F(Evaluate, SaysWhereTheTimeOfAnImageGoes) {
  const CategoryResult r = result_of(part());
  EXPECT_GT(r.median_seconds_scaling, 0);
  EXPECT_GT(r.median_seconds_backbone, 0);
  EXPECT_GT(r.median_seconds_scoring, 0);
  const auto document =
      nlohmann::json::parse(json({r, r}, *small_backbone(), LearningOptions()))["mean"];
  EXPECT_DOUBLE_EQ(document["median_seconds_scaling"], r.median_seconds_scaling);
  EXPECT_DOUBLE_EQ(document["median_seconds_backbone"], r.median_seconds_backbone);
  EXPECT_DOUBLE_EQ(document["median_seconds_scoring"], r.median_seconds_scoring);
}

TEST_F(Evaluate, PutsTheMapWhereTheRegionOfInterestIs) {
  class Maps : public EvaluationObserver {
   public:
    void see(const Category&, const TestedPicture& tested) override { maps.push_back(tested.map); }
    std::vector<AnomalyMap> maps;
  };
  EvaluationSettings settings = testing::quiet_settings();
  settings.fit.roi = {0.5, 0, 0.5, 1};
  Maps seen;
  EvaluationObserver* const observer = &seen;
  const CategoryResult r =
      evaluate(read_category(part()), small_backbone(), settings, {&observer, 1});
  EXPECT_GT(r.metrics["pixel_auroc"], 90) << "the map of the right half lies elsewhere";
  for (const AnomalyMap& map : seen.maps) {
    ASSERT_EQ(map.width, 48);
    const float lowest = *std::min_element(map.values.begin(), map.values.end());
    for (int y = 0; y < map.height; ++y)
      for (int x = 0; x < 24; ++x) ASSERT_EQ(map.at(y, x), lowest) << x << " " << y;
  }
}

TEST_F(Evaluate, GivesTheImageMetricsWithoutMasks) {
  fs::remove_all(part() / "ground_truth");
  const CategoryResult r = result_of(part());
  EXPECT_EQ(r.metrics["image_auroc"], 100);
  EXPECT_EQ(r.n_without_mask, 3U);
  EXPECT_TRUE(std::isnan(r.metrics["pixel_auroc"]));
  EXPECT_TRUE(std::isnan(r.metrics["au_pro"]));
}

TEST_F(Evaluate, SaysThatThereIsNoAurocWithoutGoodPictures) {
  fs::remove_all(part() / "test/good");
  const CategoryResult r = result_of(part());
  EXPECT_TRUE(std::isnan(r.metrics["image_auroc"]));
  EXPECT_EQ(r.metrics["image_ap"], 100);
  EXPECT_GT(r.metrics["pixel_auroc"], 90) << "the pixels around the defects are normal ones";
}

std::string reasons_of(const CategoryResult& result) {
  std::string all;
  for (const std::string& reason : missing_metrics(result)) all.append(reason).append("\n");
  return all;
}

TEST_F(Evaluate, SaysWhichMetricsATestSetCannotGive) {
  EXPECT_EQ(reasons_of(result_of(part())), "");

  testing::write_black_mask(part() / "ground_truth/block/000_mask.png");
  EXPECT_EQ(reasons_of(result_of(part())), "") << "one black mask takes all metrics away";
  for (const char* name : {"001", "002"})
    testing::write_black_mask(part() / "ground_truth/block" / (std::string(name) + "_mask.png"));
  EXPECT_EQ(reasons_of(result_of(part())),
            "all masks are black: pixel AUROC, PRO and pixel AP are not given\n");

  fs::remove(part() / "ground_truth/block/001_mask.png");
  testing::write_mask(part() / "ground_truth/block/000_mask.png");
  EXPECT_EQ(reasons_of(result_of(part())),
            "1 of 3 defective pictures have no mask that fits: pixel metrics leave them out\n");

  fs::remove_all(part() / "ground_truth");
  EXPECT_EQ(reasons_of(result_of(part())),
            "no masks: pixel AUROC, PRO and pixel AP are not given\n");

  fs::rename(part() / "test/good", folder_ / "good");
  EXPECT_EQ(reasons_of(result_of(part())).rfind("no good pictures in the test: image AUROC", 0),
            0U);

  fs::rename(folder_ / "good", part() / "test/good");
  fs::remove_all(part() / "test/block");
  const CategoryResult only_good = result_of(part());
  EXPECT_EQ(reasons_of(only_good).rfind("no defective pictures", 0), 0U);
  EXPECT_TRUE(
      std::isnan(only_good.metrics["image_auroc"]) && std::isnan(only_good.metrics["image_ap"]) &&
      std::isnan(only_good.metrics["image_f1_max"]) && std::isnan(only_good.metrics["pixel_auroc"]))
      << "a metric is given that was said to be missing";
}

TEST(MissingMetrics, SayWhichAreGivenAndMeanNothing) {
  CategoryResult without_negatives;
  without_negatives.n_defect = 3;
  for (const Metric& m : metrics())
    without_negatives.metrics[m.key] = m.needs == Needs::both ? NAN : 100;
  EXPECT_EQ(reasons_of(without_negatives),
            "no good pictures in the test: image AUROC is not given, and F1 max and image AP are "
            "100 whatever the scores\n"
            "the masks mark every pixel: pixel AUROC and PRO are not given, and pixel AP is 100 "
            "whatever the scores\n");
}

TEST_F(Evaluate, PassesOverABadPictureAndCountsIt) {
  std::ofstream(part() / "test/good/empty.png").flush();
  std::ofstream(part() / "train/good/noise.png") << "this is no picture";
  const CategoryResult r = result_of(part());
  EXPECT_EQ(r.n_unreadable, 2U);
  EXPECT_EQ(r.n_train, 16U);
  EXPECT_EQ(r.n_good, 4U);
  EXPECT_NE(failure_of([&] { result_of(part(), true); }).find("noise.png"), std::string::npos)
      << "strict does not name the bad file";
}

TEST_F(Evaluate, RefusesAMaskOfAnotherSize) {
  testing::write_mask(part() / "ground_truth/block/000_mask.png", 24, 20);
  const std::string text = failure_of([&] { result_of(part(), true); });
  EXPECT_NE(text.find("000_mask.png"), std::string::npos) << text;
  EXPECT_NE(text.find("24x20"), std::string::npos) << text;
}

TEST_F(Evaluate, ScoresAPictureWhoseMaskDoesNotFit) {
  testing::write_mask(part() / "ground_truth/block/000_mask.png", 24, 20);
  std::ofstream(part() / "ground_truth/block/001_mask.png") << "this is no picture";
  const CategoryResult r = result_of(part());
  EXPECT_EQ(r.n_defect, 3U) << "a bad mask takes its picture away";
  EXPECT_EQ(r.n_without_mask, 2U);
  EXPECT_EQ(r.n_unreadable, 0U);
  EXPECT_GT(r.metrics["pixel_auroc"], 90);
}

TEST_F(Evaluate, TakesPicturesOfAnySize) {
  for (const char* folder : {"train/good", "test/good"}) {
    testing::write_mask(part() / folder / "high.png", 30, 200);
    testing::write_mask(part() / folder / "large.png", 500, 300);
  }
  const CategoryResult r = result_of(part(), true);
  EXPECT_EQ(r.n_train, 18U);
  EXPECT_EQ(r.n_good, 6U);
}

TEST_F(Evaluate, SaysThatNoPictureCouldBeRead) {
  for (const auto& entry : fs::recursive_directory_iterator(part() / "test"))
    if (entry.is_regular_file()) fs::resize_file(entry.path(), 0);
  EXPECT_NE(failure_of([&] { result_of(part()); }).find("none of the pictures to test"),
            std::string::npos);
  for (const auto& entry : fs::directory_iterator(part() / "train/good"))
    fs::resize_file(entry.path(), 0);
  EXPECT_NE(failure_of([&] { result_of(part()); }).find("none of the pictures to learn"),
            std::string::npos);
}

TEST_F(Evaluate, TakesMasksThatAreNamedLikeTheirPictures) {
  for (const char* name : {"000", "001", "002"}) {
    const fs::path masks = part() / "ground_truth/block";
    fs::rename(masks / (std::string(name) + "_mask.png"), masks / (std::string(name) + ".png"));
  }
  EXPECT_EQ(result_of(part()).n_without_mask, 0U);
}

TEST_F(Evaluate, FindsTheCategoriesBelowAFolder) {
  testing::write_category(folder_ / "more/other");
  const auto all = find_categories(folder_.path(), {});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "other");
  EXPECT_EQ(all[1].name, "part");
  const auto one = find_categories(folder_.path(), {"part"});
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].name, "part");
  EXPECT_EQ(find_categories(part() / "", {})[0].name, "part");
  EXPECT_NE(failure_of([&] { find_categories(folder_.path(), {"nut"}); }).find("nut"),
            std::string::npos);
  EXPECT_NE(failure_of([&] { find_categories(part() / "test", {}); }).find("train/good"),
            std::string::npos)
      << "the error does not say what is missing";
}

TEST_F(Evaluate, WritesMissingMetricsAsNullAndAveragesTheOthers) {
  CategoryResult a;
  a.name = "a";
  a.metrics["image_auroc"] = 90;
  a.metrics["au_pro"] = NAN;
  CategoryResult b;
  b.name = "b";
  b.metrics["image_auroc"] = 80;
  b.metrics["au_pro"] = 70;
  LearningOptions options;
  const auto document = nlohmann::json::parse(json({a, b}, *small_backbone(), options));
  EXPECT_EQ(document["mean"]["image_auroc"], 85);
  EXPECT_EQ(document["mean"]["au_pro"], 70);
  EXPECT_TRUE(document["categories"]["a"]["au_pro"].is_null());
  EXPECT_EQ(document["reduction"], "none") << "not what ResNet's default comes to";
  EXPECT_EQ(document["levels"], nlohmann::json({0, 1}));
  EXPECT_NE(csv({a, b}).find("\na,90.000000,"), std::string::npos);
  EXPECT_NE(table({a, b}).find("mean"), std::string::npos);
}

}  // namespace
}  // namespace mvga::tool
