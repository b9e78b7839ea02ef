// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Lines that are there as a whole or not at all.

#include "tools/output/lines.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "tests/core/io/test_files.h"
#include "tests/gst/harness/run_command.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/harness/failures.h"

namespace mvga::tool {
namespace {

namespace fs = std::filesystem;
using testing::contains;
using testing::TemporaryFolder;

TEST(Lines, AreThereAsSoonAsTheyAreWritten) {
  const TemporaryFolder folder;
  Lines lines(folder / "a.csv", "x,y");
  lines.write("1,2");
  EXPECT_EQ(test::read_text(folder / "a.csv"), "x,y\n1,2\n");
}

TEST(Lines, LeaveAFileAsItIsUntilThereIsOne) {
  const TemporaryFolder folder;
  test::write_text(folder / "a.csv", "old\n");
  {
    Lines lines(folder / "a.csv", "x");
    EXPECT_EQ(test::read_text(folder / "a.csv"), "old\n");
  }
  EXPECT_EQ(test::read_text(folder / "a.csv"), "old\n");
  Lines(folder / "a.csv", "x").finish();
  EXPECT_EQ(test::read_text(folder / "a.csv"), "x\n");
}

TEST(Lines, SayBeforeTheWorkThatTheyCannotBeWritten) {
  const TemporaryFolder folder;
  const std::string text = testing::failure_of([&] { Lines(folder / "none/a.csv", "x"); });
  EXPECT_TRUE(contains(text, "there is no folder")) << text;
}

TEST(Lines, LeaveNoHalfOfOneOnAFullDisk) {
  const TemporaryFolder folder;
  // A limit of the process is as good as a full disk: the write is cut off in the middle.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit limit = before;
  limit.rlim_cur = 10000;
  setrlimit(RLIMIT_FSIZE, &limit);
  Lines lines(folder / "a.csv", "x");
  std::string text = "no error";
  int written = 0;
  const std::string line(300, 'a');
  text = testing::failure_of([&] {
    for (;; ++written) lines.write(line);
  });
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_TRUE(contains(text, "a.csv: cannot be written")) << text;
  EXPECT_EQ(written, 33);
  EXPECT_EQ(fs::file_size(folder / "a.csv"), 2 + 33 * 301U) << "half a line is left";
  lines.write("b");
  EXPECT_TRUE(test::read_text(folder / "a.csv").ends_with("aa\nb\n"));
}

class PredictedLines : public ::testing::Test {
 protected:
  void SetUp() override {
    for (unsigned i = 0; i < 30; ++i)
      testing::write_normal_picture(
          folder_ / "in" / std::string("a").append(std::to_string(10 + i)).append(".png"), i);
  }
  testing::Outcome predict(const std::string& before, const std::string& after) const {
    return testing::run_command("bash -c '" + before + " exec " + testing::setting("MVGA_TOOL") +
                                " predict " + testing::small_model().string() + " " +
                                (folder_ / "in").string() + " --threads 1 --weights " +
                                testing::small_weights().string() + " " + after + "'");
  }
  fs::path out() const { return folder_ / "out.jsonl"; }

  TemporaryFolder folder_;
};

TEST_F(PredictedLines, AreWholeOnAFullDiskAndTheNextRunAppendsBehindThem) {
  const testing::Outcome full = predict("trap \"\" XFSZ; ulimit -f 1;",
                                        "2>" + (folder_ / "err").string() + " >" + out().string());
  EXPECT_EQ(full.code, 1);
  EXPECT_TRUE(contains(test::read_text(folder_ / "err"), "standard output cannot be written"));
  const std::string text = test::read_text(out());
  EXPECT_TRUE(text.ends_with("}\n")) << "half a line is left: " << text;
  EXPECT_LE(text.size(), 1024U);
}

TEST_F(PredictedLines, BeginBehindAHalfLineOfAnother) {
  test::write_text(out(), "{\"half\": tr");
  ASSERT_EQ(predict("", ">>" + out().string()).code, 0);
  EXPECT_EQ(test::read_text(out()).rfind("{\"half\": tr\n{", 0), 0U) << test::read_text(out());
  test::write_text(out(), "{}\n");
  ASSERT_EQ(predict("", ">>" + out().string()).code, 0);
  EXPECT_EQ(test::read_text(out()).rfind("{}\n{\"", 0), 0U) << "an empty line is left";
}

}  // namespace
}  // namespace mvga::tool
