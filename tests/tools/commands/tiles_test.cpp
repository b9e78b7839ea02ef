// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The program with --tiles.

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

class ToolTiles : public ::testing::Test {
 protected:
  void SetUp() override { write_category(folder_ / "part"); }
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  Outcome fit(const std::string& output, const std::string& more) const {
    return mvga("fit " + at("part/train/good") + " -o " + at(output) + small_options() + more);
  }

  TemporaryFolder folder_;
};

TEST_F(ToolTiles, AreSaidBeforeLearningAndKnownToTheModel) {
  const Outcome fitted = fit("a.mvga", " --tiles 2");
  ASSERT_EQ(fitted.code, 0) << fitted.printed;
  EXPECT_TRUE(contains(fitted.printed, "5 inferences")) << fitted.printed;
  const Model model = load_model(at("a.mvga"));
  EXPECT_EQ(model.tiles, 2);
  const Outcome inspected = mvga("inspect " + at("a.mvga"));
  EXPECT_TRUE(
      contains(inspected.printed, "2 x 2 of " + std::to_string(model.tile_size) + " pixels"))
      << inspected.printed;
  const Outcome predicted = mvga("predict " + at("a.mvga") + " " + at("part/test/block/000.png") +
                                 " --threads 1 --weights " + small_weights().string());
  ASSERT_EQ(predicted.code, 0) << predicted.printed;
  EXPECT_TRUE(contains(predicted.printed, "\"anomalous\":true")) << predicted.printed;
}

TEST_F(ToolTiles, AreNotTakenForPicturesThatAreSmall) {
  const Outcome fitted = fit("a.mvga", " --tiles auto");
  ASSERT_EQ(fitted.code, 0) << fitted.printed;
  EXPECT_FALSE(contains(fitted.printed, "inferences")) << fitted.printed;
  EXPECT_EQ(load_model(at("a.mvga")).tiles, 1);
}

TEST_F(ToolTiles, PartsWithAndWithoutAreNoWhole) {
  ASSERT_EQ(fit("1.mvgastats", " --stats-only --tiles 2").code, 0);
  ASSERT_EQ(fit("2.mvgastats", " --stats-only").code, 0);
  const std::string weights = " --threads 1 --weights " + small_weights().string();
  const Outcome merged = mvga("merge " + at("1.mvgastats") + " " + at("2.mvgastats") + " -o " +
                              at("a.mvga") + weights);
  EXPECT_NE(merged.code, 0);
  EXPECT_TRUE(contains(merged.printed, "--tiles")) << merged.printed;
  const Outcome alone = mvga("merge " + at("1.mvgastats") + " -o " + at("a.mvga") + weights);
  ASSERT_EQ(alone.code, 0) << alone.printed;
  EXPECT_EQ(load_model(at("a.mvga")).tiles, 2);
}

TEST_F(ToolTiles, AreInTheFactsOfAnEvaluation) {
  const Outcome outcome =
      mvga("evaluate -q " + at("part") + small_options() + " --tiles 2 --json " + at("r.json"));
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_EQ(nlohmann::json::parse(test::read_text(at("r.json")))["tiles"], "2");
}

TEST_F(ToolTiles, AreRefusedWhereTheyAreNoNumberOrTheModelHasDecided) {
  EXPECT_TRUE(contains(fit("a.mvga", " --tiles 2x2").printed, "use auto"));
  ASSERT_EQ(fit("a.mvga", "").code, 0);
  const Outcome both = mvga("evaluate " + at("part") + " --model " + at("a.mvga") + " --tiles 2");
  EXPECT_NE(both.code, 0);
  EXPECT_TRUE(contains(both.printed, "--tiles")) << both.printed;
}

}  // namespace
}  // namespace mvga::testing
