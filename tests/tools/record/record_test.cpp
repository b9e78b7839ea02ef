// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga record as a user calls it: which frames are in its clips, and what stands beside them.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/tools/record/record_fixture.h"
#include "tools/media/frames.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using namespace std::chrono_literals;

TEST_F(Record, CutsTheClipOutOfTheStream) {
  write_film(film(), frames(110, 20, 120));
  const Outcome outcome = record(film_source());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  const std::vector<fs::path> clips = files(".mkv");
  ASSERT_EQ(clips.size(), 1u) << outcome.printed;
  const std::vector<StoredFrame> clip = stored_frames(clips[0]);
  // The third anomalous frame of five starts the event: 112. One second before is 87, and the key
  // frame before that 75. The last one is 129, and one second after it 154.
  expect_part_of(stored_frames(film()), 75, clip);
  EXPECT_EQ(clip.size(), 155u - 75u);
  EXPECT_EQ(frame_times_of(clips[0]).size(), clip.size()) << "it does not play";
}

TEST_F(Record, SaysAllThatIsKnown) {
  write_film(film(), frames(110, 20, 120));
  ASSERT_EQ(record(film_source()).code, 0);
  const std::vector<Json> all = events();
  ASSERT_EQ(all.size(), 1u);
  const Json& event = all[0];
  EXPECT_EQ(event["id"], 1);
  EXPECT_NEAR(event["start"], 112 * 0.04, 0.001);
  EXPECT_NEAR(event["end"], 129 * 0.04, 0.001);
  EXPECT_EQ(event["frames"], 18);
  EXPECT_GE(event["peak"], event["start"]);
  EXPECT_LE(event["peak"], event["end"]);
  EXPECT_NEAR(event["threshold"], film_model().threshold, 1e-4);
  EXPECT_GT(event["peak_score"], event["threshold"]);
  EXPECT_LE(event["p_value"], 0.1);
  EXPECT_EQ(event["model"], "film");
  EXPECT_TRUE(event["regions"].is_array());
  for (const char* time : {"start_time", "end_time"})
    EXPECT_EQ(event[time].get<std::string>().size(), std::string("2026-11-24T10:00:00.000Z").size())
        << event[time];
  EXPECT_LE(event["start_time"], event["end_time"]);
  ASSERT_EQ(event["clips"].size(), 1u);
  EXPECT_EQ(event["clips"][0]["file"], files(".mkv").at(0).filename().string());
  EXPECT_NEAR(event["clips"][0]["start"], 75 * 0.04, 0.001);
  EXPECT_NEAR(event["clips"][0]["event_at"], (112 - 75) * 0.04, 0.001);
  const tool::Frame picture = tool::read_picture(out() / event["picture"].get<std::string>());
  EXPECT_EQ(picture.width(), 96);
  EXPECT_EQ(picture.height(), 64);
}

TEST_F(Record, MakesAClipOfEachEvent) {
  write_film(film(), frames(60, 10, 100) + frames(0, 10, 60));
  const Outcome outcome = record(film_source());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  EXPECT_EQ(files(".mkv").size(), 2u);
  EXPECT_EQ(files(".jpg").size(), 2u);
  const std::vector<Json> all = events();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1]["id"], 2);
  EXPECT_NE(all[0]["clips"], all[1]["clips"]);
  EXPECT_NE(outcome.printed.find("2 events in 240 frames"), std::string::npos) << outcome.printed;
}

TEST_F(Record, PutsEventsWhoseClipsTouchIntoOne) {
  write_film(film(), frames(60, 10, 40) + frames(0, 10, 100));
  ASSERT_EQ(record(film_source()).code, 0);
  const std::vector<fs::path> clips = files(".mkv");
  ASSERT_EQ(clips.size(), 1u);
  expect_part_of(stored_frames(film()), 25, stored_frames(clips[0]));
  const std::vector<Json> all = events();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0]["clips"][0]["file"], all[1]["clips"][0]["file"]);
  EXPECT_LT(all[0]["clips"][0]["event_at"], all[1]["clips"][0]["event_at"]);
}

TEST_F(Record, GoesOnInAnotherFileWithoutAGap) {
  write_film(film(), frames(60, 120, 60));
  ASSERT_EQ(record(film_source(), "--max-clip 2").code, 0);
  const std::vector<StoredFrame> all = stored_frames(film());
  std::size_t next = 25;
  for (const fs::path& file : files(".mkv")) {
    const std::vector<StoredFrame> clip = stored_frames(file);
    expect_part_of(all, next, clip);
    EXPECT_LE(clip.size(), 75u);
    next += clip.size();
  }
  EXPECT_EQ(next, 205u);
  ASSERT_EQ(events().size(), 1u);
  EXPECT_EQ(events()[0]["clips"].size(), files(".mkv").size());
}

TEST_F(Record, EndsWithTheFilm) {
  write_film(film(), frames(60, 20, 0));
  ASSERT_EQ(record(film_source() + " ! matroskademux").code, 0);
  ASSERT_EQ(files(".mkv").size(), 1u);
  expect_part_of(stored_frames(film()), 25, stored_frames(files(".mkv")[0]));
  EXPECT_EQ(stored_frames(files(".mkv")[0]).size(), 80u - 25u);
  EXPECT_EQ(events().size(), 1u);
}

TEST_F(Record, KeepsTheOrderOfFramesThatAreNotShownInIt) {
  write_film(film(), frames(110, 20, 120),
             "x264enc key-int-max=25 bframes=2 b-adapt=false option-string=scenecut=0 ! h264parse");
  ASSERT_EQ(record(film_source()).code, 0);
  ASSERT_EQ(files(".mkv").size(), 1u);
  const std::vector<StoredFrame> all = stored_frames(film());
  const std::vector<StoredFrame> clip = stored_frames(files(".mkv")[0]);
  expect_frames_of(all, clip, 0);
}

TEST_F(Record, TakesMotionJpegAsItIs) {
  write_film(film(), frames(60, 20, 60), "jpegenc");
  const Outcome outcome = record(film_source());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  ASSERT_EQ(files(".mkv").size(), 1u) << outcome.printed;
  expect_part_of(stored_frames(film()), 62 - 25, stored_frames(files(".mkv")[0]));
}

TEST_F(Record, EncodesPictures) {
  write_film(film(), frames(60, 20, 60));
  const Outcome outcome =
      record(film_source() + " ! matroskademux ! h264parse ! avdec_h264 ! video/x-raw");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  ASSERT_EQ(files(".mkv").size(), 1u) << outcome.printed;
  const std::vector<StoredFrame> clip = stored_frames(files(".mkv")[0]);
  EXPECT_TRUE(clip.at(0).key);
  EXPECT_EQ(clip.size(), 105u - 25u) << "key frames are a second apart";
  EXPECT_EQ(frame_times_of(files(".mkv")[0]).size(), clip.size());
}

TEST_F(Record, DrawsIntoTheClipWhenAsked) {
  write_film(film(), frames(60, 20, 60));
  const Outcome outcome = record(film_source(), "--overlay");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  ASSERT_EQ(files(".mkv").size(), 1u) << outcome.printed;
  ASSERT_EQ(events().size(), 1u);
  // Where x264 sees a scene begin in what is drawn, it may put a key frame out of turn.
  const double event = events()[0]["start"];
  const double start = events()[0]["clips"][0]["start"];
  EXPECT_LE(start, event - 1) << "a part of the pre-roll is missing";
  EXPECT_GE(start, event - 2) << "key frames are at most a second apart";
  EXPECT_EQ(frame_times_of(files(".mkv")[0]).size(),
            105u - static_cast<std::size_t>(std::lround(25 * start)));
}

TEST_F(Record, KeepsToTheLimitOfTheDisk) {
  const std::string one = frames(60, 10, 60);
  write_film(film(), one + one + one + one);
  ASSERT_EQ(record(film_source(), "--max-disk 160kB").code, 0);
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::directory_iterator(out())) bytes += entry.file_size();
  EXPECT_LE(bytes, 160000u);
  ASSERT_FALSE(events().empty());
  EXPECT_EQ(events().back()["id"], 4) << "the newest stays";
  EXPECT_GT(events().front()["id"], 1) << "the oldest goes first";
}

TEST_F(Record, KeepsTheEndOfAnEventThatIsLargerThanTheDiskMayBe) {
  write_film(film(), frames(60, 250, 60));
  ASSERT_EQ(record(film_source(), "--max-disk 160kB").code, 0);
  ASSERT_EQ(events().size(), 1u) << test::names_in(out());
  const Json clips = events()[0]["clips"];
  ASSERT_FALSE(clips.empty());
  EXPECT_EQ(clips.back()["file"], files(".mkv").back().filename().string());
  EXPECT_EQ(files(".jpg").size(), 1u);
}

// ---- a camera

class RecordCamera : public Record {
 protected:
  /// The film at its own speed, as a camera gives it.
  std::string camera() const {
    return film_source() +
           " ! matroskademux ! h264parse ! rtph264pay ! identity sync=true ! rtph264depay";
  }
  /// Starts the program, waits until the event's picture or the clip is being written, ends it.
  /// @return the status that waitpid() gives
  int end_in_clip(int signal, const std::string& source) {
    const std::string command = std::string("exec ") + std::getenv("MVGA_TOOL") + " " +
                                arguments(source) + " >/dev/null 2>&1";
    const pid_t pid = fork();
    if (pid == 0) {
      std::signal(SIGINT, SIG_DFL);
      execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      _exit(127);
    }
    for (int i = 0; i < 3000 && !part_is_there(); ++i) std::this_thread::sleep_for(10ms);
    std::this_thread::sleep_for(500ms);
    kill(pid, signal);
    int status = 0;
    waitpid(pid, &status, 0);
    return status;
  }
  bool part_is_there() const {
    return fs::exists(out()) && test::names_in(out()).find(".mkv.part") != std::string::npos;
  }
};

TEST_F(RecordCamera, FinishesTheClipWhenInterrupted) {
  write_film(film(), frames(40, 2000, 0));
  for (const int signal : {SIGINT, SIGTERM}) {
    fs::remove_all(out());
    const int status = end_in_clip(signal, camera());
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal) << status;
    ASSERT_EQ(files(".mkv").size(), 1u) << test::names_in(out());
    const std::size_t stored = stored_frames(files(".mkv")[0]).size();
    EXPECT_GT(stored, 20u);
    EXPECT_EQ(frame_times_of(files(".mkv")[0]).size(), stored);
    EXPECT_EQ(events().size(), 1u);
    EXPECT_EQ(files(".jpg").size(), 1u);
    EXPECT_FALSE(part_is_there());
  }
}

TEST_F(RecordCamera, ThatEndsIsAnError) {
  const Outcome outcome = record("videotestsrc is-live=true num-buffers=10 ! video/x-raw,width=96");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.printed.find("mvga: the source has ended"), std::string::npos)
      << outcome.printed;
}

TEST_F(RecordCamera, IsStartedAgain) {
  const std::string source =
      "videotestsrc is-live=true num-buffers=25 pattern=white ! video/x-raw,width=96,height=64";
  const std::string command = "timeout 6 $MVGA_TOOL " + arguments(source, "--reconnect 0.2") +
                              " >" + (folder_ / "printed").string() + " 2>&1";
  EXPECT_NE(std::system(command.c_str()), 0);
  ASSERT_GE(events().size(), 2u) << test::read_text(folder_ / "printed");
  EXPECT_EQ(events().back()["id"], events().size()) << "events are counted through";
}

// ---- what goes wrong

TEST_F(Record, NeedsAModel) {
  const Outcome outcome =
      mvga("record videotestsrc --model nothing.mvga --output " + out().string());
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.printed.find("nothing.mvga"), std::string::npos) << outcome.printed;
  EXPECT_EQ(std::count(outcome.printed.begin(), outcome.printed.end(), '\n'), 1);
}

TEST_F(Record, SaysWhatIsWrongWithASource) {
  const std::vector<std::pair<std::string, std::string>> wrong{
      {"nosuchelement ! identity", R"(no element "nosuchelement")"},
      {"filesrc lokation=x", R"(no property "lokation" in element "filesrc")"},
      {"filesrc location=/nowhere/film.mkv", "/nowhere/film.mkv"},
      {"audiotestsrc num-buffers=10", "there is no video in what the source gives"}};
  for (const auto& [source, text] : wrong) {
    const Outcome outcome = record(source, "--quiet");
    EXPECT_EQ(outcome.code, 1) << source;
    EXPECT_NE(outcome.printed.find(text), std::string::npos) << outcome.printed;
    EXPECT_EQ(std::count(outcome.printed.begin(), outcome.printed.end(), '\n'), 1)
        << outcome.printed;
  }
}

TEST_F(Record, NeedsItsOptions) {
  EXPECT_EQ(mvga("record videotestsrc").code, 2);
  EXPECT_EQ(record("videotestsrc", "--max-disk lots").code, 2);
  EXPECT_EQ(record("videotestsrc", "--pre-roll -1").code, 2);
}

}  // namespace
}  // namespace mvga::testing
