// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What is left of the program mvga when a user or a service manager ends it.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>

#include "tests/core/io/test_files.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"
#include "tests/tools/evaluation/small_dataset.h"
#include "tests/tools/harness/run_tool.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

class Interrupted : public ::testing::Test {
 protected:
  void SetUp() override {
    write_category(part());
    // Enough to be in the middle of it.
    for (int i = 0; i < 2000; ++i)
      for (const char* in : {"train/good/", "test/good/"})
        fs::create_hard_link(
            part() / in / "000.png",
            part() / in / std::string("z").append(std::to_string(i)).append(".png"));
    fs::create_directories(out());
    fs::create_directories(folder_ / "tmp");
  }
  fs::path part() const { return folder_ / "part"; }
  fs::path out() const { return folder_ / "out"; }
  fs::path printed() const { return folder_ / "printed"; }

  /// Starts the program, waits until it has printed `phase`, and ends it.
  /// @return the status that waitpid() gives
  int end_in(const std::string& phase, int signal, const std::string& arguments) {
    const std::string command = std::string("exec ") + std::getenv("MVGA_TOOL") + " " + arguments +
                                " >" + printed().string() + " 2>&1";
    const pid_t pid = fork();
    if (pid == 0) {
      // A shell that runs the tests in the background has it ignored.
      std::signal(SIGINT, SIG_DFL);
      setenv("TMPDIR", (folder_ / "tmp").c_str(), 1);
      execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      _exit(127);
    }
    for (auto start = Clock::now(); Clock::now() - start < 60s;) {
      if (fs::exists(printed()) && test::read_text(printed()).find(phase) != std::string::npos)
        break;
      std::this_thread::sleep_for(2ms);
    }
    kill(pid, signal);
    const auto sent = Clock::now();
    int status = 0;
    waitpid(pid, &status, 0);
    EXPECT_LT(Clock::now() - sent, 2s) << "it does not end promptly";
    return status;
  }

  void expect_ended_by(int signal, int status) const {
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal)
        << "a shell would not see 128 + " << signal << ": " << test::read_text(printed());
    EXPECT_EQ(test::names_in(out()), "") << "a file is left behind";
    EXPECT_EQ(test::names_in(folder_ / "tmp"), "") << "a temporary file is left behind";
  }

  TemporaryFolder folder_;
};

TEST_F(Interrupted, FitLeavesNothing) {
  const std::string arguments =
      "fit " + part().string() + " -o " + (out() / "part.mvga").string() + small_options();
  for (const int signal : {SIGINT, SIGTERM}) {
    expect_ended_by(signal, end_in("learning:", signal, arguments));
    expect_ended_by(signal, end_in("calibrating:", signal, arguments + "--max-frames 200"));
  }
}

TEST_F(Interrupted, EvaluateLeavesNothing) {
  const std::string arguments = "evaluate " + part().string() + small_options() +
                                "--max-frames 20 --json " + (out() / "result.json").string();
  for (const int signal : {SIGINT, SIGTERM})
    expect_ended_by(signal, end_in("testing:", signal, arguments));
}

TEST_F(Interrupted, EvaluateLeavesWhatWasFinished) {
  write_category(folder_ / "one");
  fs::create_directories(folder_ / "set");
  fs::rename(folder_ / "one", folder_ / "set/a");
  fs::rename(part(), folder_ / "set/b");
  const int status =
      end_in("b: testing", SIGINT,
             "evaluate " + (folder_ / "set").string() + small_options() +
                 "--max-frames 20 --json " + (out() / "r.json").string() + " --csv " +
                 (out() / "r.csv").string() + " --scores " + (out() / "s.csv").string());
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(test::names_in(out()), "r.csv r.json s.csv");
  const auto result = nlohmann::json::parse(test::read_text(out() / "r.json"));
  EXPECT_EQ(result["categories"]["a"]["image_auroc"], 100);
  EXPECT_EQ(result["unfinished"], nlohmann::json({"b"})) << "nothing says that b is missing";
  EXPECT_NE(test::read_text(out() / "s.csv").find("\na,block,1,"), std::string::npos);
  EXPECT_NE(test::read_text(printed()).find("\na "), std::string::npos) << "no row of the table";
}

TEST_F(Interrupted, FitLeavesTheOldModel) {
  test::write_text(out() / "part.mvga", "old");
  end_in("learning:", SIGINT,
         "fit " + part().string() + " -o " + (out() / "part.mvga").string() + small_options());
  EXPECT_EQ(test::read_text(out() / "part.mvga"), "old");
  EXPECT_EQ(test::names_in(out()), "part.mvga");
}

TEST_F(Interrupted, PredictLeavesWholeLines) {
  const int status =
      end_in("frame", SIGTERM,
             "predict " + small_model().string() + " " + (part() / "test/good").string() +
                 " --threads 1 --weights " + small_weights().string());
  expect_ended_by(SIGTERM, status);
  std::istringstream lines(test::read_text(printed()));
  for (std::string line; std::getline(lines, line);)
    EXPECT_TRUE(nlohmann::json::accept(line)) << "half a line: " << line;
}

}  // namespace
}  // namespace mvga::testing
