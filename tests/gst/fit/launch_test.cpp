// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvgafit in gst-launch-1.0: Ctrl-C, full and read-only disks, and memory.
#include <gst/gst.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/files/model_file.h"
#include "tests/core/io/small_disk.h"
#include "tests/core/io/test_files.h"
#include "tests/gst/harness/gst_launch.h"
#include "tests/gst/harness/small_model.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

std::string fit(const fs::path& model, const std::string& more = "") {
  return "mvgafit model=" + model.string() + " backbone=" + kSmallArchitecture +
         " weights=" + small_weights().string() +
         " levels=0-1 input-size=" + std::to_string(kSmallInput) + " threads=1 " + more +
         " ! fakesink";
}

std::string snow(unsigned frames) {
  return "videotestsrc pattern=snow num-buffers=" + std::to_string(frames) +
         " ! video/x-raw,format=I420,width=64,height=64 ! ";
}

const std::string kEndless = "videotestsrc pattern=snow ! video/x-raw,width=64,height=64 ! ";

TEST(FitLaunch, WritesTheModelOnCtrlCAndSaysSo) {
  const TemporaryFolder folder;
  GstLaunch launch("-e " + kEndless + fit(folder / "line.mvga"));
  ASSERT_TRUE(launch.wait_for("learning: ", 2)) << launch.printed();
  launch.interrupt();
  EXPECT_EQ(launch.finish(), 0) << launch.printed();
  EXPECT_NE(launch.printed().find("wrote " + (folder / "line.mvga").string()), std::string::npos)
      << launch.printed();
  EXPECT_GE(load_model(folder / "line.mvga").frames, 10u);
}

TEST(FitLaunch, WritesTheModelOnCtrlCWithoutAnEndOfStream) {
  const TemporaryFolder folder;
  GstLaunch launch(kEndless + fit(folder / "line.mvga"));
  ASSERT_TRUE(launch.wait_for("learning: ", 2)) << launch.printed();
  launch.interrupt();
  launch.finish();
  EXPECT_GE(load_model(folder / "line.mvga").frames, 10u);
  EXPECT_NE(launch.printed().find("wrote " + (folder / "line.mvga").string()), std::string::npos)
      << "gst-launch-1.0 does not listen any more, but a person does: " << launch.printed();
}

// One frame a second, so that Ctrl-C comes before the fourth. (While the first is still being
// prerolled, gst-launch-1.0 -e waits for ever for any live source, whatever comes after it.)
TEST(FitLaunch, KeepsTheOldModelOnCtrlCThatComesTooEarly) {
  for (const std::string option : {"-e ", ""}) {
    const TemporaryFolder folder;
    test::write_text(folder / "line.mvga", "old");
    GstLaunch launch(option + "videotestsrc is-live=true pattern=snow ! " +
                     "video/x-raw,width=64,height=64,framerate=1/1 ! " + fit(folder / "line.mvga"));
    ASSERT_TRUE(launch.wait_for("learning: ")) << launch.printed();
    launch.interrupt();
    launch.finish();
    EXPECT_EQ(test::read_text(folder / "line.mvga"), "old");
    EXPECT_EQ(test::names_in(folder.path()), "line.mvga");
    EXPECT_NE(launch.printed().find("too few to learn from"), std::string::npos)
        << "with '" << option << "' nobody is told: " << launch.printed();
  }
}

TEST(FitLaunch, ShowsProgressToAPerson) {
  const TemporaryFolder folder;
  GstLaunch launch(snow(20) + fit(folder / "line.mvga"));
  EXPECT_EQ(launch.finish(), 0) << launch.printed();
  for (const char* line : {"INFO:\nlearning what is normal\n", "INFO:\nwrote "})
    EXPECT_NE(launch.printed().find(line), std::string::npos) << launch.printed();
}

TEST(FitLaunch, KeepsTheOldModelWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "disk");
  const std::string old(60'000, 'o');
  GstLaunch launch(snow(20) + fit(folder / "disk/line.mvga"), [&] {
    if (!test::mount_tmpfs(folder / "disk", "size=64k")) return GstLaunch::kCannotPrepare;
    test::write_text(folder / "disk/line.mvga", old);
    return 0;
  });
  const int status = launch.finish();
  if (status == GstLaunch::kCannotPrepare) GTEST_SKIP() << "no small disk can be mounted here";
  EXPECT_NE(status, 0) << launch.printed();
  EXPECT_NE(launch.printed().find("No space left on device; free some space"), std::string::npos)
      << launch.printed();
  EXPECT_NE(launch.printed().find("is untouched"), std::string::npos) << launch.printed();
}

TEST(FitLaunch, SaysAtOnceThatTheDiskIsReadOnly) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "disk");
  GstLaunch launch(kEndless + fit(folder / "disk/line.mvga"), [&] {
    return test::mount_tmpfs(folder / "disk", "ro") ? 0 : GstLaunch::kCannotPrepare;
  });
  const int status = launch.finish();
  if (status == GstLaunch::kCannotPrepare) GTEST_SKIP() << "no disk can be mounted here";
  EXPECT_NE(status, 0);
  EXPECT_NE(launch.printed().find("Read-only file system; choose"), std::string::npos)
      << launch.printed();
  EXPECT_EQ(launch.printed().find("learning"), std::string::npos)
      << "it learns what it cannot write";
}

TEST(FitLaunch, SaysAtOnceThatTheUserMayNotWriteThere) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "mine");
  // Everything that is read has to be readable for the other user.
  fs::permissions(folder.path(), fs::perms(0755));
  fs::permissions(folder / "mine", fs::perms(0555));
  GstLaunch launch(kEndless + fit(folder / "mine/line.mvga"), [&] {
    if (geteuid() == 0 && setuid(65534) != 0) return GstLaunch::kCannotPrepare;
    setenv("GST_REGISTRY_UPDATE", "no", 1);
    return access(g_getenv("GST_PLUGIN_PATH"), R_OK | X_OK) == 0 ? 0 : GstLaunch::kCannotPrepare;
  });
  const int status = launch.finish();
  if (status == GstLaunch::kCannotPrepare)
    GTEST_SKIP() << "another user cannot be tried, or cannot read the build folder";
  EXPECT_NE(status, 0);
  EXPECT_NE(launch.printed().find("Permission denied; choose"), std::string::npos)
      << launch.printed();
}

TEST(FitLaunch, SaysThatTheTemporaryFolderIsFull) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "tmp");
  test::write_text(folder / "line.mvga", "old");
  GstLaunch launch(kEndless + fit(folder / "line.mvga"), [&] {
    if (!test::mount_tmpfs(folder / "tmp", "size=4k")) return GstLaunch::kCannotPrepare;
    setenv("TMPDIR", (folder / "tmp").c_str(), 1);
    return 0;
  });
  const int status = launch.finish();
  if (status == GstLaunch::kCannotPrepare) GTEST_SKIP() << "no small disk can be mounted here";
  EXPECT_NE(status, 0);
  EXPECT_NE(launch.printed().find("No space left on device; set TMPDIR"), std::string::npos)
      << launch.printed();
  EXPECT_EQ(test::read_text(folder / "line.mvga"), "old");
}

}  // namespace
}  // namespace mvga::testing
