// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The program with very few pictures, and with several runs of the same.

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/files/model_file.h"
#include "tests/core/io/test_files.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/harness/failures.h"
#include "tests/tools/harness/run_tool.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class FewShot : public ::testing::Test {
 protected:
  void SetUp() override { write_category(part()); }
  fs::path part() const { return folder_ / "part"; }
  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  std::string picture(const std::string& name) const {
    return (part() / "train/good" / name).string();
  }
  Outcome fit(const std::string& pictures, const std::string& more = "") const {
    return mvga("fit " + pictures + " -o " + file("few.mvga") + small_options() + more);
  }
  Outcome evaluate(const std::string& more) const {
    return mvga("evaluate -q " + part().string() + small_options() + more + " --json " +
                file("r.json") + " --csv " + file("r.csv"));
  }
  json results() const { return json::parse(test::read_text(file("r.json"))); }

  TemporaryFolder folder_;
};

TEST_F(FewShot, FitsOnePictureAndSaysThatNothingIsPromised) {
  const Outcome outcome = fit(picture("000.png"));
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "warning: " + file("few.mvga"))) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "no rate of false alarms is promised")) << outcome.printed;
  EXPECT_FALSE(contains(outcome.printed, "% false alarms")) << "a rate: " << outcome.printed;
  EXPECT_FALSE(load_model(file("few.mvga")).promises);

  const Outcome inspected = mvga("inspect " + file("few.mvga"));
  EXPECT_TRUE(contains(inspected.printed, "promise     none")) << inspected.printed;
  EXPECT_TRUE(contains(inspected.printed, "every frame also moved")) << inspected.printed;
  EXPECT_FALSE(contains(inspected.printed, "% false alarms")) << inspected.printed;
}

TEST_F(FewShot, PredictsWithAWarningUnlessAThresholdIsSet) {
  ASSERT_EQ(fit(picture("000.png") + " " + picture("001.png")).code, 0);
  const std::string call = "predict " + file("few.mvga") + " " +
                           (part() / "test/block/000.png").string() + " --threads 1 --weights " +
                           small_weights().string();
  const Outcome outcome = mvga(call);
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "the threshold is a guess")) << outcome.printed;
  EXPECT_FALSE(contains(mvga(call + " --threshold 3").printed, "warning"));
}

TEST_F(FewShot, FitsMorePicturesAsBefore) {
  std::string four;
  for (const char* name : {"000.png", "001.png", "002.png", "003.png"}) four += picture(name) + " ";
  const Outcome outcome = fit(four);
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "% false alarms")) << outcome.printed;
  EXPECT_FALSE(contains(mvga("inspect " + file("few.mvga")).printed, "views"));
  ASSERT_EQ(fit(four, " --augment turned").code, 0);
  EXPECT_TRUE(contains(mvga("inspect " + file("few.mvga")).printed, "every frame also turned"));
}

TEST_F(FewShot, RefusesFewPicturesWithoutViews) {
  const Outcome outcome = fit(picture("000.png"), " --augment none");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.printed, "leave out --augment none")) << outcome.printed;
  EXPECT_FALSE(fs::exists(file("few.mvga")));
}

TEST_F(FewShot, IsLearnedInPartsAsInOne) {
  ASSERT_EQ(fit(picture("000.png") + " " + picture("001.png")).code, 0);
  const std::string whole = test::read_text(file("few.mvga"));
  for (const char* name : {"000", "001"})
    ASSERT_EQ(mvga("fit --stats-only " + picture(name + std::string(".png")) + " -o " +
                   file(name + std::string(".mvgastats")) + small_options())
                  .code,
              0);
  const Outcome merged =
      mvga("merge " + file("000.mvgastats") + " " + file("001.mvgastats") + " -o " +
           file("few.mvga") + " --threads 1 --weights " + small_weights().string());
  ASSERT_EQ(merged.code, 0) << merged.printed;
  EXPECT_TRUE(contains(merged.printed, "no rate of false alarms is promised")) << merged.printed;
  EXPECT_TRUE(test::read_text(file("few.mvga")) == whole);
  const Outcome refused = mvga("fit --stats-only --augment turned " + picture("000.png") + " -o " +
                               file("x.mvgastats") + small_options());
  EXPECT_EQ(refused.code, 2) << "views are made when the parts are put together";
}

TEST_F(FewShot, IsEvaluatedOverSeeds) {
  const Outcome outcome = evaluate("--shots 4,1,1 --seeds 2");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "part, 1 shot ")) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "± over 2 seeds")) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "part, 1 shot: so few pictures promise no rate"))
      << outcome.printed;
  EXPECT_FALSE(contains(outcome.printed, "part, 4 shots: so few")) << outcome.printed;
  const json part = results()["categories"]["part"];
  EXPECT_EQ(part.size(), 2U);
  EXPECT_EQ(part["1"]["runs"].size(), 2U);
  EXPECT_EQ(part["1"]["mean"]["n_train"], 1);
  EXPECT_GT(part["1"]["mean"]["image_auroc"], 90);
  EXPECT_TRUE(part["1"]["runs"][0]["threshold"].is_null());
  EXPECT_TRUE(part["1"]["runs"][0]["f1"].is_null());
  EXPECT_TRUE(part["4"]["runs"][0]["threshold"].is_number()) << "four can be checked";
  EXPECT_EQ(part["4"]["runs"][1]["learned"].size(), 4U);
  EXPECT_TRUE(contains(test::read_text(file("r.csv")), ",shots,seed\n"));
}

TEST_F(FewShot, IsJudgedByAThresholdThatIsNamed) {
  const Outcome outcome = evaluate("--shots 1 --seeds 1 --threshold 2");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_FALSE(contains(outcome.printed, "so few pictures")) << outcome.printed;
  const json run = results()["categories"]["part"]["1"]["runs"][0];
  EXPECT_EQ(run["threshold"], 2);
  EXPECT_TRUE(run["f1"].is_number());
}

TEST_F(FewShot, SaysWhichNumbersItCannotDo) {
  EXPECT_EQ(evaluate("--shots 0").code, 2);
  EXPECT_EQ(evaluate("--seeds 3").code, 2) << "of what?";
  EXPECT_EQ(evaluate("--shots 1 --folds 2").code, 2);
  EXPECT_EQ(evaluate("--shots 1 --report " + file("report")).code, 2);
  EXPECT_EQ(evaluate("--folds 1").code, 2);
  const Outcome outcome = evaluate("--shots 17");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.printed, "has 16 pictures to learn from")) << outcome.printed;
}

TEST_F(FewShot, IsNoneWhenFoldsTakeTurns) {
  fs::remove_all(part() / "test/good");  // a set that nobody has divided
  const Outcome outcome = evaluate("--folds 4 --scores " + file("s.csv"));
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "part: all 16 normal pictures")) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "± over 4 folds")) << outcome.printed;
  const json part = results()["categories"]["part"];
  EXPECT_EQ(part["runs"].size(), 4U);
  EXPECT_EQ(part["runs"][3]["fold"], 3);
  EXPECT_EQ(part["runs"][3]["n_train"], 12);
  EXPECT_EQ(part["runs"][3]["n_good"], 4);
  EXPECT_EQ(part["runs"][3]["n_defect"], 3);
  EXPECT_EQ(part["mean"]["image_auroc"], 100);
  EXPECT_TRUE(contains(test::read_text(file("s.csv")), "\"part, 4 folds, fold 3\",good,0,"));
}

}  // namespace
}  // namespace mvga::testing
