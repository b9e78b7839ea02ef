// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Nothing of a film gets lost without a word: where clips are cut, and where its file was.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "tests/tools/harness/failures.h"
#include "tests/tools/record/record_fixture.h"
#include "tests/tools/record/turned_films.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;

/// Behind a key frame there are frames that are shown before it and need the frames before.
constexpr const char* kOpenGroups =
    "x264enc key-int-max=27 bframes=3 b-adapt=false option-string=open-gop=1:scenecut=0 ! "
    "h264parse";

/// Whether the decoder can. That of GStreamer 1.26 finds no room ("get_buffer() failed") for the
/// frames whose numbers are missing where a film is entered at such a key frame, in any film.
bool begins_at_open_groups() {
  guint minor = 0;
  guint ignored = 0;
  gst_version(&ignored, &minor, &ignored, &ignored);
  return minor < 24;
}

TEST_F(Record, WhereAnOpenGroupIsCutNoFrameIsMissing) {
  write_film(film(), frames(60, 120, 60), kOpenGroups);
  const std::vector<StoredFrame> all = stored_frames(film());
  ASSERT_TRUE(std::any_of(all.begin() + 1, all.end(), [&](const StoredFrame& frame) {
    const StoredFrame* const before = &frame - 1;
    return before->key && frame.time < before->time;
  })) << "the encoder makes no open groups";
  const Outcome outcome = record(film_source(), "--max-clip 2");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  ASSERT_GT(files(".mkv").size(), 2u);
  std::multiset<std::string> recorded;
  const std::vector<std::string> all_shown = shown_frames(film());
  const std::set<std::string> as_in_the_film(all_shown.begin(), all_shown.end());
  for (const fs::path& file : files(".mkv")) {
    const std::vector<StoredFrame> clip = stored_frames(file);
    for (const StoredFrame& frame : clip) recorded.insert(frame.bytes);
    if (!begins_at_open_groups()) continue;
    const std::vector<std::string> shown = shown_frames(file);
    EXPECT_EQ(shown.size(), clip.size()) << "it cannot be decoded completely";
    for (const std::string& frame : shown)
      EXPECT_TRUE(as_in_the_film.contains(frame))
          << "it was decoded from other frames than it needs";
  }
  // From the first of the first clip to the last one that is shown.
  std::size_t missing = 0;
  std::size_t twice = 0;
  const auto begin = std::find_if(all.begin(), all.end(), [&](const StoredFrame& frame) {
    return recorded.contains(frame.bytes);
  });
  GstClockTime end = 0;
  for (const StoredFrame& frame : all)
    if (recorded.contains(frame.bytes)) end = std::max(end, frame.time);
  for (const StoredFrame& frame : all) {
    if (frame.time < begin->time || frame.time > end) continue;
    missing += recorded.contains(frame.bytes) ? 0 : 1;
    twice += recorded.count(frame.bytes) > 1 ? 1 : 0;
  }
  EXPECT_EQ(missing, 0u) << "frames between two clips";
  EXPECT_EQ(twice, files(".mkv").size() - 1) << "the key frame where one ends is in both";
}

TEST_F(Record, AClipEndsWithTheLastFrameThatIsShownThen) {
  // The event ends with frame 80, and a second later, frame 105 is shown, which comes behind 108.
  write_film(film(), frames(60, 21, 60), kOpenGroups);
  ASSERT_EQ(record(film_source()).code, 0);
  ASSERT_EQ(files(".mkv").size(), 1u);
  ASSERT_EQ(events().size(), 1u);
  std::vector<GstClockTime> times;
  for (const StoredFrame& frame : stored_frames(files(".mkv")[0])) times.push_back(frame.time);
  std::sort(times.begin(), times.end());
  for (std::size_t i = 1; i < times.size(); ++i)
    EXPECT_NEAR(static_cast<double>(times[i] - times[i - 1]), static_cast<double>(kFilmFrame), 1e6)
        << "a frame is missing after number " << i - 1;
  const double start = events()[0]["clips"][0]["start"];
  EXPECT_GE(start + static_cast<double>(times.back()) / GST_SECOND, 105 * 0.04 - 0.001);
}

/// 240 frames, the last of which are not there.
TEST_F(Record, SaysThatTheFilesEndIsMissing) {
  write_film(film(), frames(60, 120, 60));
  const fs::path cut = folder_ / "cut";
  for (const char* muxer : {"matroskamux", "mp4mux faststart=true"}) {
    const fs::path whole = folder_ / "whole";
    remux(film(), whole, muxer);
    const std::string contents = test::read_text(whole);
    fs::remove_all(out());
    ASSERT_EQ(record("filesrc location=" + whole.string()).code, 0) << muxer;
    for (const double share : {0.4, 0.96}) {
      test::write_text(cut, contents.substr(0, static_cast<std::size_t>(
                                                   share * static_cast<double>(contents.size()))));
      fs::remove_all(out());
      const Outcome outcome = record("filesrc location=" + cut.string());
      EXPECT_EQ(outcome.code, 1) << muxer << " " << share;
      EXPECT_TRUE(contains(outcome.printed, "the film ends early, after ") &&
                  contains(outcome.printed, cut.string()) &&
                  contains(outcome.printed, "of " + std::to_string(contents.size()) + " bytes"))
          << muxer << " " << share << ": " << outcome.printed;
      EXPECT_EQ(files(".jpg").size(), 1u) << muxer << ": what is there is recorded";
    }
  }
}

TEST_F(Record, TakesNothingForCutThatOnlyIsNotReadToItsEnd) {
  write_film(film(), frames(60, 20, 60));
  EXPECT_EQ(record(film_source() + " ! matroskademux ! identity eos-after=110").code, 0);
}

}  // namespace
}  // namespace mvga::testing
