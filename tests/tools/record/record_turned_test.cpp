// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Video that asks to be turned: clips ask for it as well, and pictures stand upright.

#include <gst/app/gstappsink.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/tools/harness/failures.h"
#include "tests/tools/record/record_fixture.h"
#include "tests/tools/record/turned_films.h"
#include "tools/media/frames.h"
#include "tools/record/mp4_orientation.h"

namespace mvga::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class RecordTurned : public Record {
 protected:
  fs::path turned() const { return folder_ / "turned.mp4"; }
  /// On its side, to be turned to the right.
  void write_turned(const std::string& frames, const std::string& encoder = kFilmEncoder) const {
    write_film(film(), frames, encoder);
    remux(film(), turned(), "mp4mux");
    tool::set_mp4_orientation(turned(), 6);
  }
  std::string source() const { return "filesrc location=" + turned().string(); }
  std::vector<Json> events_of(const std::string& source) const {
    fs::remove_all(out());
    EXPECT_EQ(record(source).code, 0);
    return events();
  }
  void expect_upright(const fs::path& file) const {
    const tool::Frame frame = tool::read_picture(file);
    EXPECT_EQ(frame.width(), 64) << file;
    EXPECT_EQ(frame.height(), 96) << file;
  }
};

TEST_F(RecordTurned, TheOrientationOfAnMp4IsWhatDemuxersReadInIt) {
  write_film(film(), frames(5, 0, 0));
  for (const char* muxer : {"mp4mux", "qtmux", "mp4mux faststart=true"})
    // GStreamer 1.22 does not know number 7, of which nothing is made.
    for (const int orientation : {1, 2, 3, 4, 5, 6, 8}) {
      remux(film(), turned(), muxer);
      tool::set_mp4_orientation(turned(), orientation);
      EXPECT_EQ(orientation_of(turned()), orientation) << muxer;
    }
  EXPECT_NE(failure_of([&] { tool::set_mp4_orientation(film(), 6); }), "no error");
}

TEST_F(RecordTurned, ClipsAskForItAndAreTheSourcesOwnFrames) {
  write_turned(frames(110, 20, 120));
  const Outcome outcome = record(source());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  ASSERT_EQ(files(".mp4").size(), 1u) << outcome.printed << test::names_in(out());
  const fs::path clip = files(".mp4")[0];
  EXPECT_EQ(orientation_of(clip), 6);
  const std::vector<StoredFrame> stored = stored_frames(clip);
  expect_part_of(stored_frames(film()), 75, stored);
  EXPECT_EQ(stored.size(), 155u - 75u);
  EXPECT_EQ(frame_times_of(clip).size(), stored.size()) << "it does not play";
}

TEST_F(RecordTurned, FramesThatAreShownInAnotherOrderKeepTheirTimes) {
  write_film(film(), frames(60, 20, 60), kLosslessEncoder);
  // Straight from the encoder, for Matroska does not say when frames are decoded.
  remux(film(), turned(),
        "avdec_ffv1 ! x264enc key-int-max=25 bframes=3 b-adapt=false option-string=scenecut=0 ! "
        "h264parse ! mp4mux");
  tool::set_mp4_orientation(turned(), 6);
  const Outcome outcome = record(source());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  ASSERT_EQ(files(".mp4").size(), 1u) << test::names_in(out());
  const std::vector<StoredFrame> all = stored_frames(turned());
  const std::vector<StoredFrame> clip = stored_frames(files(".mp4")[0]);
  // MP4 counts in parts of a second that are no whole nanoseconds.
  expect_frames_of(all, clip, 1e6);
}

TEST_F(RecordTurned, PicturesStandUprightAndPlacesAreThoseOfTheStoredFrame) {
  write_turned(frames(60, 20, 60));
  const std::vector<Json> lying = events_of(film_source());
  ASSERT_EQ(lying.size(), 1u);
  EXPECT_FALSE(lying[0].contains("orientation"));
  const std::vector<Json> turned = events_of(source());
  ASSERT_EQ(turned.size(), 1u);
  EXPECT_EQ(turned[0]["orientation"], "rotate-90");
  EXPECT_EQ(turned[0]["regions"], lying[0]["regions"]);
  EXPECT_EQ(turned[0]["peak_score"], lying[0]["peak_score"]) << "something else was judged";
  expect_upright(out() / turned[0]["picture"].get<std::string>());
}

TEST_F(RecordTurned, WhatIsEncodedHereAsksForItAsWell) {
  write_turned(frames(60, 20, 60));
  const Outcome outcome = record(source() + " ! qtdemux ! h264parse ! avdec_h264 ! video/x-raw");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  ASSERT_EQ(files(".mp4").size(), 1u) << outcome.printed;
  EXPECT_EQ(orientation_of(files(".mp4")[0]), 6);
  expect_upright(files(".jpg").at(0));
}

TEST_F(RecordTurned, WhatIsDrawnOnIsTurnedItself) {
  write_turned(frames(60, 20, 60));
  const Outcome outcome = record(source(), "--overlay");
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  ASSERT_EQ(files(".mkv").size(), 1u) << outcome.printed;
  EXPECT_EQ(orientation_of(files(".mkv")[0]), 1);
  expect_upright(files(".mkv")[0]);
  expect_upright(files(".jpg").at(0));
}

TEST_F(RecordTurned, MotionJpegGoesToQuickTime) {
  write_film(film(), frames(60, 20, 60), "jpegenc");
  const fs::path file = folder_ / "turned.mov";
  remux(film(), file, "qtmux");
  tool::set_mp4_orientation(file, 8);
  const Outcome outcome = record("filesrc location=" + file.string());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  ASSERT_EQ(files(".mov").size(), 1u) << test::names_in(out());
  EXPECT_EQ(orientation_of(files(".mov")[0]), 8);
  expect_part_of(stored_frames(film()), 62 - 25, stored_frames(files(".mov")[0]));
}

TEST_F(RecordTurned, OldClipsGoWhenTheDiskIsFull) {
  const std::string one = frames(60, 10, 60);
  write_turned(one + one + one + one);
  ASSERT_EQ(record(source(), "--max-disk 160kB").code, 0);
  EXPECT_GT(events().front()["id"], 1) << "the oldest stays";
}

TEST_F(RecordTurned, PredictAndFitTakeFramesAsTheyAreStored) {
  write_turned(frames(20, 5, 0));
  const auto predict = [&](const fs::path& film) {
    return mvga("predict " + film_model().file.string() + " " + film.string() +
                " --threads 1 --weights " + small_weights().string() + " --heatmaps " +
                (folder_ / "maps").string());
  };
  const Outcome lying = predict(film());
  const Outcome outcome = predict(turned());
  ASSERT_EQ(outcome.code, 0) << outcome.printed;
  std::istringstream first(lying.printed);
  std::istringstream second(outcome.printed);
  int compared = 0;
  int said = 0;
  for (std::string a, b; std::getline(second, b);) {
    if (b[0] != '{') {
      said += contains(b, "asks for it to be turned (rotate-90)") ? 1 : 0;
      continue;
    }
    ASSERT_TRUE(std::getline(first, a));
    Json wanted = Json::parse(a);
    Json seen = Json::parse(b);
    expect_upright(seen["heatmap"].get<std::string>());
    EXPECT_EQ(seen["orientation"], "rotate-90");
    for (const char* key : {"score", "regions", "peak_x", "peak_y"})
      EXPECT_EQ(seen[key], wanted[key]) << key;
    ++compared;
  }
  EXPECT_EQ(compared, 25);
  EXPECT_EQ(said, 1) << outcome.printed;
  const auto learned = [&](const fs::path& film) {
    const fs::path model = folder_ / "model.mvga";
    const Outcome fit = mvga("fit " + film.string() + " -o " + model.string() + small_options());
    EXPECT_EQ(fit.code, 0) << fit.printed;
    return test::read_text(model);
  };
  EXPECT_TRUE(learned(turned()) == learned(film())) << "another picture was learned";
}

}  // namespace
}  // namespace mvga::testing
