// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The program on data sets as people have them, and what it leaves of them.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/core/io/test_files.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/harness/failures.h"
#include "tests/tools/harness/run_tool.h"
#include "tests/tools/media/small_videos.h"
#include "tools/media/frames.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> cells;
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

std::string in_quotes(const fs::path& path) {
  return "'" + path.string() + "'";
}

class DataSets : public ::testing::Test {
 protected:
  void SetUp() override { write_category(part()); }
  fs::path part() const { return folder_ / "set/part"; }
  fs::path model() const { return folder_ / "part.mvga"; }
  fs::path file(const std::string& name) const { return folder_ / name; }
  void fit() const {
    const Outcome outcome =
        mvga("fit " + part().string() + " -o " + model().string() + small_options());
    ASSERT_EQ(outcome.code, 0) << outcome.printed;
  }
  static std::string on_one_thread() {
    return " --threads 1 --weights " + small_weights().string() + " ";
  }
  json results() const { return json::parse(test::read_text(file("r.json"))); }

  TemporaryFolder folder_;
};

TEST_F(DataSets, AreMeasuredWithAModelThatIsThere) {
  fit();
  ASSERT_EQ(
      mvga("evaluate -q " + part().string() + small_options() + "--json " + file("r.json").string())
          .code,
      0);
  const json learned = results()["categories"]["part"];
  const Outcome outcome =
      mvga("evaluate -q " + part().string() + " --model " + model().string() + on_one_thread() +
           "--json " + file("r.json").string() + " --scores " + file("s.csv").string() +
           " --report " + file("report").string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  const json measured = results()["categories"]["part"];
  for (const char* key : {"image_auroc", "pixel_auroc", "au_pro", "threshold", "n_train", "n_good",
                          "true_positives", "f1"})
    EXPECT_EQ(measured[key], learned[key]) << key;
  EXPECT_EQ(results()["backbone"], kSmallArchitecture);
  EXPECT_TRUE(contains(test::read_text(file("report/index.html")), model().string()));

  const std::vector<std::string> scores = lines_of(test::read_text(file("s.csv")));
  ASSERT_EQ(scores.size(), 8U);
  EXPECT_EQ(scores[0],
            "category,kind,label,file,mask,score,threshold,p_value,anomalous,peak,peak_x,peak_y,"
            "map_threshold,regions");
  std::size_t found = 0;
  for (std::size_t i = 1; i < scores.size(); ++i) {
    const std::vector<std::string> cells = cells_of(scores[i]);
    ASSERT_EQ(cells.size(), 14U) << scores[i];
    EXPECT_EQ(cells[2], cells[1] == "good" ? "0" : "1");
    EXPECT_EQ(cells[4].empty(), cells[1] == "good");
    EXPECT_EQ(cells[8], std::stod(cells[5]) > std::stod(cells[6]) ? "1" : "0");
    found += cells[2] == "1" && cells[8] == "1" ? 1 : 0;
  }
  EXPECT_EQ(found, measured["true_positives"].get<std::size_t>());
}

TEST_F(DataSets, HaveAConfusionMatrixAtTheThreshold) {
  fit();
  const auto measure = [&](const std::string& options) {
    EXPECT_EQ(mvga("evaluate -q " + part().string() + " --model " + model().string() +
                   on_one_thread() + options + " --json " + file("r.json").string())
                  .code,
              0);
    return results()["categories"]["part"];
  };
  const json none = measure("--threshold 1e9");
  EXPECT_EQ(none["true_positives"], 0);
  EXPECT_EQ(none["false_negatives"], 3);
  EXPECT_EQ(none["true_negatives"], 4);
  EXPECT_EQ(none["f1"], 0);
  EXPECT_EQ(none["threshold"], 1e9);
  const json all = measure("--threshold=-1e9");
  EXPECT_EQ(all["false_positives"], 4);
  EXPECT_EQ(all["true_positives"], 3);
  EXPECT_DOUBLE_EQ(all["f1"], 60);
  EXPECT_EQ(mvga("evaluate x --model y --levels 1-2").code, 2) << "the model has its levels";
  EXPECT_EQ(mvga("evaluate x --threshold nan").code, 2);
}

TEST_F(DataSets, MayHaveFoldersOfAnyName) {
  fs::rename(part() / "train/good", file("set/fine"));
  fs::rename(part() / "test/block", file("set/scratched"));
  fs::rename(part() / "ground_truth/block", file("set/where"));
  fs::remove_all(part());
  const Outcome outcome = mvga("evaluate -q " + file("set").string() +
                               " --normal fine --abnormal scratched --masks where" +
                               small_options() + "--json " + file("r.json").string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  const json set = results()["categories"]["set"];
  EXPECT_EQ(set["n_train"], 13);
  EXPECT_EQ(set["n_good"], 3);
  EXPECT_EQ(set["n_defect"], 3);
  EXPECT_GT(set["pixel_auroc"], 90);
  EXPECT_EQ(mvga("evaluate").code, 2);
}

TEST_F(DataSets, KeepWhatWasFinishedWhenACategoryFails) {
  write_category(file("set/zebra"));
  for (const auto& entry : fs::directory_iterator(file("set/zebra/train/good")))
    fs::resize_file(entry.path(), 0);
  fs::create_directories(file("set/empty/train/good"));
  write_normal_picture(file("set/empty/train/good/000.png"), 1);
  const Outcome outcome = mvga("evaluate -q " + file("set").string() + small_options() + "--json " +
                               file("r.json").string() + " --csv " + file("r.csv").string() +
                               " --report " + file("page").string());
  EXPECT_EQ(outcome.code, 1) << "something is missing";
  EXPECT_TRUE(contains(outcome.printed,
                       "2 of 3 categories failed and are missing from the results: empty, zebra"))
      << outcome.printed;
  EXPECT_EQ(results()["categories"]["part"]["image_auroc"], 100);
  EXPECT_TRUE(contains(results()["failed"]["zebra"], "none of the pictures to learn"));
  EXPECT_TRUE(contains(results()["failed"]["empty"], "no pictures to test"));
  EXPECT_TRUE(results()["unfinished"].empty());
  EXPECT_EQ(lines_of(test::read_text(file("r.csv"))).size(), 3U);
  EXPECT_TRUE(contains(test::read_text(file("page/index.html")), "zebra: "));
  EXPECT_TRUE(contains(outcome.printed, "\npart ")) << "no row of the table";
}

TEST_F(DataSets, MayHaveNamesThatAreNoUtf8AndFormulas) {
  fs::rename(part(), file("set/gr\xfc\xdf"));
  write_category(file("set/=a,\x1b[2J"));
  const Outcome outcome =
      mvga("evaluate -q " + file("set").string() + small_options() + "--json " +
           file("r.json").string() + " --csv " + file("r.csv").string() + " --scores " +
           file("s.csv").string() + " --report " + file("page").string());
  EXPECT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_EQ(results()["categories"]["gr\\xfc\\xdf"]["image_auroc"], 100);
  EXPECT_FALSE(contains(outcome.printed, "\x1b")) << "a folder's name clears the screen";
  EXPECT_TRUE(contains(outcome.printed, "gr\\xfc\\xdf")) << outcome.printed;
  const std::string csv = test::read_text(file("r.csv"));
  EXPECT_TRUE(contains(csv, "\n\"'=a,\\x1b[2J\",100.0")) << csv;
  EXPECT_TRUE(contains(test::read_text(file("s.csv")), "\n\"'=a,\\x1b[2J\",good,0,"));
}

TEST_F(DataSets, AreWarnedOfForMasksThatMayNotMeanWhatTheySay) {
  const auto warned_of = [&](const std::string& what) {
    const Outcome outcome = mvga("evaluate -q " + part().string() + small_options());
    EXPECT_EQ(outcome.code, 0);
    return contains(outcome.printed, "001_mask.png: the mask " + what);
  };
  const fs::path mask = part() / "ground_truth/block/001_mask.png";
  EXPECT_FALSE(warned_of(""));
  write_black_mask(mask);
  EXPECT_TRUE(warned_of("is black"));
  write_inverted_mask(mask);
  EXPECT_TRUE(warned_of("marks 88 % of its picture as the defect: is it inverted?"));
  write_normal_picture(mask, 3);
  EXPECT_TRUE(warned_of("is not black and white"));
}

TEST_F(DataSets, AreWarnedOfForARateThatTheModelCannotKeep) {
  fit();
  const std::string warning =
      "warning: 1 % false alarms take 299 independent held-out frames, there are 16";
  for (const std::string& command :
       {"predict " + model().string() + " " + (part() / "test/good").string(),
        "evaluate -q --model " + model().string() + " " + part().string()}) {
    const Outcome outcome = mvga(command + on_one_thread() + " --target-fpr 0.01");
    EXPECT_EQ(outcome.code, 0);
    EXPECT_TRUE(contains(outcome.printed, warning)) << outcome.printed;
    EXPECT_FALSE(contains(mvga(command + on_one_thread() + " --target-fpr 0.4").printed, warning));
  }
}

TEST_F(DataSets, AreLearnedFromSeveralFolders) {
  for (const char* half : {"a", "b"}) fs::create_directories(file(half));
  for (const auto& entry : fs::directory_iterator(part() / "train/good"))
    fs::copy(entry.path(), file(entry.path().stem() < "008" ? "a" : "b") / entry.path().filename());
  fit();
  const Outcome outcome = mvga("fit " + file("a").string() + " " + file("b").string() + " -o " +
                               file("ab.mvga").string() + small_options());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_TRUE(test::read_text(file("ab.mvga")) == test::read_text(model()))
      << "the halves are not the whole";
}

TEST_F(DataSets, AreLearnedFromTheVideosInAFolderToo) {
  const auto learned_from = [&](const fs::path& folder) {
    const Outcome outcome =
        mvga("fit " + in_quotes(folder) + " -o " + in_quotes(model()) + small_options());
    EXPECT_EQ(outcome.code, 0) << outcome.printed;
    return contains(mvga("inspect " + in_quotes(model())).printed, "21 learned");
  };
  write_video(part() / "train/good/film.mkv", 5);
  EXPECT_TRUE(learned_from(part() / "train/good")) << "16 pictures and 5 frames";
  EXPECT_TRUE(learned_from(part())) << "a category's folder of normal ones is not looked into";
  fs::create_directories(file("films"));
  write_video(file("films/a.mkv"), 9);
  write_video(file("films/b.mkv"), 12);
  EXPECT_TRUE(learned_from(file("films"))) << "videos without a picture";
  fs::create_directories(file("empty"));
  const Outcome empty =
      mvga("fit " + in_quotes(file("empty")) + " -o " + in_quotes(model()) + small_options());
  EXPECT_EQ(empty.code, 1);
  EXPECT_TRUE(contains(empty.printed, "no pictures or videos in this folder")) << empty.printed;
}

TEST_F(DataSets, AreScoredWithAllFoldersAndVideosBelow) {
  fs::create_directories(part() / "test/films");
  write_video(part() / "test/films/a.mkv", 5);
  fs::create_directories(part() / "test/.cache");
  fs::copy(part() / "test/good/000.png", part() / "test/.cache/000.png");
  fit();
  const std::string command =
      "predict " + model().string() + " " + part().string() + on_one_thread() + " --csv " +
      file("p.csv").string() + " --maps " + (part() / "maps").string() + " --masks " +
      (part() / "seen").string() + " --heatmaps " + (part() / "heat").string();
  for (int run = 0; run < 2; ++run) {
    const Outcome outcome = mvga(command + " >" + file("p.json").string() + " 2>" +
                                 file("err").string() + "; exit $?; ");
    ASSERT_EQ(outcome.code, 0) << test::read_text(file("err"));
    EXPECT_EQ(lines_of(test::read_text(file("p.json"))).size(), 16U + 4 + 3 + 5)
        << "not all is found, or what the run before left is";
    EXPECT_EQ(lines_of(test::read_text(file("p.csv"))).size(), 1U + 16 + 4 + 3 + 5);
  }
  EXPECT_TRUE(contains(test::read_text(file("err")), "ground_truth: is passed over"));
}

TEST_F(DataSets, HaveAPeakAndAMapAndAMaskForEachPicture) {
  fit();
  const Outcome outcome = mvga("predict " + model().string() + " " + (part() / "test").string() +
                               on_one_thread() + "--threshold 1e9 --maps " + file("maps").string() +
                               " --masks " + file("masks").string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  const std::vector<std::string> lines = lines_of(outcome.printed);
  ASSERT_EQ(lines.size(), 7U);
  for (const std::string& line : lines) {
    const json seen = json::parse(line);
    EXPECT_FALSE(seen["anomalous"]) << "the threshold is not taken";
    EXPECT_EQ(seen["threshold"], 1e9);
    const double peak = seen["peak"];
    const double x = seen["peak_x"];
    const double y = seen["peak_y"];
    EXPECT_TRUE(x > 0 && x < 1 && y > 0 && y < 1) << line;
    const bool block = contains(seen["file"], "/block/");
    EXPECT_TRUE(!block || (x > 0.6 && y > 0.2 && y < 0.8)) << "not where the block is: " << line;
    for (const json& region : seen["regions"]) EXPECT_LE(region["peak"], peak + 1e-6);
    EXPECT_EQ(peak > seen["map_threshold"], !seen["regions"].empty()) << line;

    const tool::Mask mask = tool::read_mask(seen["mask"].get<std::string>());
    EXPECT_EQ(mask.width, 48);
    EXPECT_EQ(mask.height, 40);
    EXPECT_LE(mask.levels, 2U);
    EXPECT_TRUE(!block || !mask.empty) << line;
    const std::string tiff = test::read_text(seen["map"].get<std::string>());
    EXPECT_GT(tiff.size(), 48U * 40 * 4) << "no map of floats at the picture's size";
  }
  const Outcome clash =
      mvga("predict " + model().string() + " " + (part() / "test").string() + " --heatmaps " +
           file("x").string() + " --masks " + file("./x").string());
  EXPECT_EQ(clash.code, 1);
  EXPECT_TRUE(contains(clash.printed, "a folder for each")) << clash.printed;
}

TEST_F(DataSets, OfFilesThatSayTooMuchAreShownInOneLine) {
  const fs::path list = file("set/split_csv/1cls.csv");
  fs::create_directories(list.parent_path());
  fs::create_directories(file("set/candle/Data/Images/Normal"));
  std::ofstream(list) << "object,split,label,image,mask\ncandle,\x1b[31m"
                      << std::string(1 << 20, 'x') << ",normal,a,\n";
  const Outcome outcome = mvga("evaluate -q " + in_quotes(file("set/candle")) + small_options());
  EXPECT_EQ(outcome.code, 1);
  EXPECT_LT(outcome.printed.size(), 6000U) << "a megabyte of another's text";
  EXPECT_FALSE(contains(outcome.printed, "\x1b"));
  EXPECT_TRUE(contains(outcome.printed, "line 2: '\\x1b[31mxx")) << outcome.printed.substr(0, 300);
  EXPECT_TRUE(contains(outcome.printed, "is neither train nor test"));
}

}  // namespace
}  // namespace mvga::testing
