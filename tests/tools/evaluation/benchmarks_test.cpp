// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// MVTec LOCO and MVTec AD 2, in made-up categories of their layouts, against NumPy
// (benchmark_oracle.py).

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/core/io/test_files.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/harness/failures.h"
#include "tests/tools/harness/run_tool.h"
#include "tools/media/frames.h"
#include "tools/pictures/decode.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Outcome oracle(const std::string& arguments) {
  return run_command(setting("MVGA_BENCHMARK_ORACLE") + " " + arguments);
}

class Benchmarks : public ::testing::Test {
 protected:
  void make(const std::string& kind, const std::string& category) const {
    const Outcome made = oracle("make-" + kind + " " + path(category));
    ASSERT_EQ(made.code, 0) << made.printed;
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  Outcome evaluate(const std::string& category, const std::string& more = "") const {
    return mvga("evaluate -q " + path(category) + small_options() + "--json " + path("r.json") +
                " --csv " + path("r.csv") + " " + more);
  }
  json results() const { return json::parse(test::read_text(folder_ / "r.json")); }

  TemporaryFolder folder_;
};

// ---- MVTec LOCO

class Loco : public Benchmarks {
 protected:
  void SetUp() override { make("loco", "loco/box"); }
};

TEST_F(Loco, IsMeasuredAsItsPaperSays) {
  const Outcome outcome = evaluate("loco", "--tiff " + path("maps") + " --scores " + path("s.csv"));
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  const Outcome measured =
      oracle("loco " + path("loco/box") + " " + path("maps/box") + " " + path("s.csv"));
  ASSERT_EQ(measured.code, 0) << measured.printed;
  const json expected = json::parse(measured.printed);
  const json box = results()["categories"]["box"];
  for (const char* key :
       {"au_spro_01", "au_spro_05", "au_spro_10", "au_spro_30", "au_spro", "image_auroc"}) {
    for (const char* part : {"logical_anomalies", "structural_anomalies"})
      EXPECT_NEAR(box["parts"][part][key], expected[part][key], 1e-6) << part << ", " << key;
    EXPECT_NEAR(box[key], expected["mean"][key], 1e-6) << key;
  }
  EXPECT_NE(box["parts"]["logical_anomalies"]["au_spro_05"],
            box["parts"]["structural_anomalies"]["au_spro_05"]);
  EXPECT_GT(box["au_spro"], 20) << "nothing to measure";
  EXPECT_EQ(box["n_defect"], 8);
  EXPECT_EQ(box["parts"]["logical_anomalies"]["n_defect"], 4);
  EXPECT_EQ(box["parts"]["logical_anomalies"]["n_good"], 5);
  EXPECT_EQ(results()["mean"]["parts"]["logical_anomalies"]["au_spro_05"],
            box["parts"]["logical_anomalies"]["au_spro_05"]);
}

TEST_F(Loco, HasARowForEachPart) {
  const Outcome outcome = evaluate("loco/box", "--report " + path("report"));
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "sPRO .05")) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "\n  logical_anomalies ")) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "\n  structural_anomalies ")) << outcome.printed;
  const std::string csv = test::read_text(folder_ / "r.csv");
  EXPECT_TRUE(contains(csv, ",au_spro_01,au_spro_05,au_spro_10,au_spro_30,au_spro\n")) << csv;
  EXPECT_TRUE(contains(csv, "\nbox/logical_anomalies,")) << csv;
  EXPECT_TRUE(contains(csv, "\nmean/structural_anomalies,")) << csv;
}

TEST_F(Loco, IsRepeatedWithItsParts) {
  const Outcome outcome = evaluate("loco/box", "--shots 2 --seeds 2");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  const json two = results()["categories"]["box"]["2"];
  const double first = two["runs"][0]["parts"]["logical_anomalies"]["au_spro_05"];
  const double second = two["runs"][1]["parts"]["logical_anomalies"]["au_spro_05"];
  EXPECT_NEAR(two["mean"]["parts"]["logical_anomalies"]["au_spro_05"], (first + second) / 2, 1e-9);
  EXPECT_NEAR(two["deviation"]["parts"]["logical_anomalies"]["au_spro_05"],
              std::abs(first - second) / std::sqrt(2.0), 1e-9);
}

TEST_F(Loco, PassesOverAMaskThatFitsNothing) {
  write_mask(folder_ / "loco/box/ground_truth/logical_anomalies/000/000.png", 30, 30);
  const Outcome outcome = evaluate("loco/box");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "the mask is 30x30")) << outcome.printed;
  EXPECT_EQ(results()["categories"]["box"]["parts"]["logical_anomalies"]["n_without_mask"], 1);
  EXPECT_EQ(evaluate("loco/box", "--strict").code, 1);
}

// ---- MVTec AD 2

class Ad2 : public Benchmarks {
 protected:
  void SetUp() override { make("ad2", "ad2/can"); }
};

TEST_F(Ad2, IsMeasuredAtTheLimitOfItsValidation) {
  const Outcome outcome = evaluate("ad2", "--tiff " + path("maps"));
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(contains(outcome.printed, "SegF1")) << outcome.printed;
  const json can = results()["categories"]["can"];
  EXPECT_EQ(can["n_train"], 12);
  EXPECT_EQ(can["n_good"], 4);

  // The same maps of the validation, by the same model.
  ASSERT_EQ(
      mvga("fit " + path("ad2/can/train/good") + " -o " + path("can.mvga") + small_options()).code,
      0);
  ASSERT_EQ(mvga("predict " + path("can.mvga") + " " + path("ad2/can/validation/good") +
                 " --threads 1 --weights " + small_weights().string() + " --maps " + path("normal"))
                .code,
            0);
  const Outcome limited = oracle("limit " + path("normal"));
  ASSERT_EQ(limited.code, 0) << limited.printed;
  const double limit = can["seg_threshold"];
  EXPECT_NEAR(limit, json::parse(limited.printed)["limit"], 1e-6 * std::abs(limit));

  const Outcome measured = oracle("segf1 " + path("ad2/can") + " " + path("maps/can") + " " +
                                  can["seg_threshold"].dump());
  ASSERT_EQ(measured.code, 0) << measured.printed;
  EXPECT_NEAR(can["seg_f1"], json::parse(measured.printed)["segf1"], 1e-9);
  EXPECT_GT(can["seg_f1"], 5) << "nothing to measure";
}

TEST_F(Ad2, IsSubmittedInTheFilesThatItsServerTakes) {
  const Outcome outcome = evaluate("ad2", "--submission " + path("out"));
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(path("out")))
    if (entry.is_regular_file())
      found.push_back(entry.path().lexically_relative(path("out")).string());
  std::sort(found.begin(), found.end());
  std::vector<std::string> expected;
  for (const auto& [folder, ending] :
       {std::pair("anomaly_images", ".tiff"), std::pair("anomaly_images_thresholded", ".png")})
    for (const auto& [set, name] :
         {std::pair("test_private", "regular"), std::pair("test_private_mixed", "mixed")})
      for (const char* number : {"000", "001", "002"})
        expected.push_back(std::string(folder) + "/can/" + set + "/" + number + "_" + name +
                           ending);
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(found, expected);

  const tool::Samples cut =
      tool::decode_picture(path("out/anomaly_images_thresholded/can/test_private/000_regular.png"));
  EXPECT_EQ(cut.channels, 1);
  EXPECT_EQ(cut.width, 48);
  EXPECT_EQ(cut.height, 40);
  for (int y = 0; y < cut.height; ++y)
    for (int x = 0; x < cut.width; ++x)
      ASSERT_TRUE(cut.row(y)[x] == 0 || cut.row(y)[x] == 255) << x << " " << y;
}

TEST_F(Ad2, IsNotSubmittedInPart) {
  std::ofstream(path("ad2/can/test_private/001_regular.png")) << "no picture";
  const Outcome outcome = evaluate("ad2", "--submission " + path("out"));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(contains(outcome.printed, "001_regular.png")) << outcome.printed;
  fs::remove_all(path("ad2/can/test_private"));
  fs::remove_all(path("ad2/can/test_private_mixed"));
  const Outcome none = evaluate("ad2", "--submission " + path("other"));
  EXPECT_EQ(none.code, 1);
  EXPECT_TRUE(contains(none.printed, "test_private")) << none.printed;
}

}  // namespace
}  // namespace mvga::testing
