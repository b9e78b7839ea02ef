// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// examples/reproduce-paper.sh as a user calls it (MVGA_EXAMPLES is its folder).

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/core/io/test_files.h"
#include "tests/models/temporary_folder.h"
#include "tests/models/torch/random_weights.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/harness/run_tool.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

struct Printed {
  int code = -1;
  std::string tables;    ///< stdout
  std::string progress;  ///< stderr
};

class ReproducePaper : public ::testing::Test {
 protected:
  Printed run(const std::string& arguments) const {
    const char* examples = std::getenv("MVGA_EXAMPLES");
    const fs::path out = folder_ / "stdout";
    const fs::path err = folder_ / "stderr";
    const std::string command = "MVGA_WEIGHTS_PATH=" + (folder_ / "weights").string() +
                                " XDG_DATA_HOME=" + (folder_ / "nothing").string() + " " +
                                (examples == nullptr ? "." : examples) + "/reproduce-paper.sh " +
                                arguments + " >" + out.string() + " 2>" + err.string();
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, test::read_text(out),
            test::read_text(err)};
  }

  void write_dataset() const { write_category(data() / "part"); }
  /// As many levels as the paper takes.
  void write_weights() const {
    fs::create_directory(folder_ / "weights");
    random_weights("resnet18", 3).write(folder_ / "weights/resnet18.safetensors");
  }
  fs::path data() const { return folder_ / "set"; }
  fs::path results() const { return folder_ / "results"; }
  std::string small_run() const {
    return data().string() + " --backbone resnet18 --results " + results().string();
  }

  TemporaryFolder folder_;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

auto lines(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

/// The cells that the tables have for a category.
std::string cells(const nlohmann::json& result) {
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "| %.2f | %.2f | %.2f |",
                result["image_auroc"].get<double>(), result["pixel_auroc"].get<double>(),
                result["au_pro"].get<double>());
  return text.data();
}

nlohmann::json read(const fs::path& file) {
  return nlohmann::json::parse(test::read_text(file));
}

TEST_F(ReproducePaper, PrintsTheTablesOfThePaper) {
  write_dataset();
  write_weights();
  const Printed printed = run(small_run());
  ASSERT_EQ(printed.code, 0) << printed.progress;
  EXPECT_EQ(printed.tables.rfind("# set\n", 0), 0U) << "something else stands above the tables";

  const std::string& tables = printed.tables;
  const std::string command = "\nmvga evaluate " + data().string() + " --profile paper --backbone ";
  EXPECT_TRUE(has(tables, command + "BACKBONE")) << tables;
  const auto own = read(results() / "resnet18.json");
  EXPECT_TRUE(has(tables, "| part " + cells(own["categories"]["part"]))) << tables;
  EXPECT_TRUE(has(tables, "| **mean** " + cells(own["mean"]))) << tables;

  EXPECT_TRUE(has(tables, command + "resnet18 --levels LEVEL")) << tables;
  const auto level = read(results() / "resnet18-levels-2.json");
  EXPECT_EQ(level["levels"], nlohmann::json({2}));
  EXPECT_TRUE(has(tables, "| 2 " + cells(level["mean"]))) << tables;

  EXPECT_TRUE(has(tables, command + "resnet18 OPTIONS")) << tables;
  EXPECT_TRUE(has(tables, "| `--reduction none` " + cells(own["mean"])))
      << "all features are what the paper takes of ResNet\n"
      << tables;
  const auto reduced = read(results() / "resnet18-reduction-opca-variance-0.05.json");
  EXPECT_EQ(reduced["reduction"], "opca");
  EXPECT_TRUE(has(tables, "| `--reduction opca --variance 0.05` " + cells(reduced["mean"])))
      << tables;

  for (const char* stage : {"\n| scaling | ", "\n| backbone | ", "\n| scoring"})
    EXPECT_TRUE(has(tables, stage)) << tables;
  EXPECT_TRUE(has(tables, " | 100 % |")) << tables;
}

TEST_F(ReproducePaper, MeasuresOnceAndMixesNoResults) {
  write_dataset();
  write_weights();
  const Printed first = run(small_run() + " --table times --quick");
  ASSERT_EQ(first.code, 0) << first.progress;
  EXPECT_TRUE(has(first.tables, "--max-frames 20")) << first.tables;
  fs::remove_all(data() / "part/test");
  const Printed again = run(small_run() + " --table times --quick");
  EXPECT_EQ(again.code, 0) << again.progress;
  EXPECT_EQ(again.tables, first.tables) << "what was there was measured again";
  const Printed other = run(small_run() + " --table times");
  EXPECT_EQ(other.code, 1) << "results of 20 pictures pass for those of all";
  EXPECT_TRUE(has(other.progress, "name another folder")) << other.progress;
}

TEST_F(ReproducePaper, SaysWhatIsMissing) {
  const Printed no_data = run(small_run());
  EXPECT_EQ(no_data.code, 1);
  EXPECT_TRUE(has(no_data.progress, data().string())) << no_data.progress;
  EXPECT_EQ(lines(no_data.progress), 1) << no_data.progress;
  EXPECT_EQ(no_data.tables, "");

  write_dataset();
  const Printed no_weights = run(small_run());
  EXPECT_EQ(no_weights.code, 1);
  EXPECT_TRUE(has(no_weights.progress, "no resnet18.safetensors")) << no_weights.progress;
  EXPECT_TRUE(has(no_weights.progress, "MVGA_WEIGHTS_PATH")) << no_weights.progress;
  EXPECT_EQ(lines(no_weights.progress), 1) << no_weights.progress;

  write_weights();
  fs::remove_all(data() / "part/train");
  const Printed no_category = run(small_run());
  EXPECT_EQ(no_category.code, 1);
  EXPECT_TRUE(has(no_category.progress, "mvga: ")) << no_category.progress;
}

TEST_F(ReproducePaper, RefusesWhatItDoesNotKnow) {
  write_dataset();
  for (const char* wrong : {" --tabel main", " --table mian", " --backbone", " part"}) {
    const Printed printed = run(data().string() + wrong);
    EXPECT_EQ(printed.code, 1) << wrong;
    EXPECT_EQ(lines(printed.progress), 1) << printed.progress;
  }
}

}  // namespace
}  // namespace mvga::testing
