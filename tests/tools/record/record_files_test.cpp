// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The files of events: which they are, and how many there may be.

#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/core/io/test_files.h"
#include "tests/tools/harness/failures.h"
#include "tools/record/disk_limit.h"
#include "tools/record/event_files.h"
#include "tools/record/folder_lock.h"

namespace mvga::testing {
namespace {

using namespace std::chrono_literals;
using test::names_in;
using test::write_text;

constexpr const char* kOld = "mvga-20261124T100000000Z";
constexpr const char* kLater = "mvga-20261124T100001000Z";
constexpr const char* kNew = "mvga-20261125T000000000Z";

TEST(EventFiles, AreNamedAfterTheTime) {
  const tool::WallClock::time_point time(1795543199s + 7ms);
  EXPECT_EQ(tool::clip_name(time), "mvga-20261124T175959007Z");
  EXPECT_EQ(tool::event_name(kOld, 12), std::string(kOld) + "-event12");
}

TEST(EventFiles, AreKnownByTheirNames) {
  for (const char* ending : {".mkv", ".mp4", ".mov", "-event1.json", "-event120.jpg"})
    EXPECT_EQ(tool::clip_of(std::string(kOld) + ending), kOld) << ending;
  for (const char* other :
       {"film.mkv", "mvga-20261124T100000000Z", "mvga-20261124T100000000Z.avi",
        "mvga-20261124T100000000Z-event.json", "mvga-20261124T100000000Z-event1.txt",
        "mvga-2026112xT100000000Z.mkv", "mvga-20261124T100000000Z.mkv.bak",
        "my-mvga-20261124T100000000Z.mkv", ""})
    EXPECT_EQ(tool::clip_of(other), "") << other << " may be somebody's own";
}

TEST(EventFiles, OfAKilledRecordingAreRemoved) {
  const test::TemporaryFolder folder;
  const std::string part = tool::part_file(folder / (std::string(kOld) + ".mkv")).filename();
  for (const std::string& name : {part, std::string(".other.mkv.part"), kOld + std::string(".mkv")})
    write_text(folder / name, "x");
  tool::remove_parts(folder.path());
  EXPECT_EQ(names_in(folder.path()), std::string(".other.mkv.part ") + kOld + ".mkv");
}

TEST(EventFiles, NameOnlyWhatIsThere) {
  const test::TemporaryFolder folder;
  write_text(folder / "second.mkv", "x");
  tool::RecordedEvent event;
  event.event.id = 3;
  event.event.start = 4'500'000'000;
  event.name = "event";
  event.clips = {{"first.mkv", 1'000'000'000}, {"second.mkv", 5'000'000'000}};
  const auto json = nlohmann::json::parse(tool::event_json(event, folder.path()));
  ASSERT_EQ(json["clips"].size(), 1u) << json.dump();
  EXPECT_EQ(json["clips"][0]["file"], "second.mkv");
  EXPECT_EQ(json["clips"][0]["start"], 5.0);
  EXPECT_EQ(json["clips"][0]["event_at"], -0.5) << "the event begins before this clip does";
  EXPECT_TRUE(json["picture"].is_null());
}

class DiskLimit : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* clip : {kNew, kOld, kLater}) {
      write_text(folder_ / (std::string(clip) + ".mkv"), std::string(80, 'x'));
      write_text(folder_ / (std::string(clip) + "-event1.json"), std::string(20, 'x'));
    }
    write_text(folder_ / "mine.mkv", std::string(1000, 'x'));
  }
  /// The first letters of what is left.
  std::string left_after(std::uint64_t most, std::uint64_t open) {
    tool::DiskLimit limit(folder_.path(), most);
    limit.refresh();
    limit.enforce(open);
    return names_in(folder_.path());
  }
  static std::string both(const char* clip) {
    return std::string(clip) + "-event1.json " + clip + ".mkv";
  }

  test::TemporaryFolder folder_;
};

TEST_F(DiskLimit, CountsWhatIsItsOwn) {
  tool::DiskLimit limit(folder_.path(), 1000);
  limit.refresh();
  EXPECT_EQ(limit.used(), 300u);
}

TEST_F(DiskLimit, RemovesTheOldestFirstAndWholeClips) {
  EXPECT_EQ(left_after(299, 0), "mine.mkv " + both(kLater) + " " + both(kNew));
}

TEST_F(DiskLimit, CountsTheOpenClip) {
  EXPECT_EQ(left_after(300, 0), "mine.mkv " + both(kOld) + " " + both(kLater) + " " + both(kNew));
  EXPECT_EQ(left_after(300, 101), "mine.mkv " + both(kNew));
}

TEST_F(DiskLimit, LeavesTheNewest) {
  EXPECT_EQ(left_after(1, 0), "mine.mkv " + both(kNew));
}

TEST_F(DiskLimit, IsNoneWhenNotAskedFor) {
  EXPECT_EQ(left_after(0, 1U << 30),
            "mine.mkv " + both(kOld) + " " + both(kLater) + " " + both(kNew));
}

TEST(FolderLock, KeepsASecondRecordingAway) {
  const test::TemporaryFolder folder;
  {
    const tool::FolderLock lock(folder.path());
    EXPECT_TRUE(contains(failure_of([&] { const tool::FolderLock second(folder.path()); }),
                         "another mvga record"));
  }
  EXPECT_EQ(failure_of([&] { const tool::FolderLock second(folder.path()); }), "no error");
}

}  // namespace
}  // namespace mvga::testing
