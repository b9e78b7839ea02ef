// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The time of a recording, whatever the source says.

#include "tools/record/stream_time.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace mvga::testing {
namespace {

using tool::StreamTime;
using Time = StreamTime::Time;

constexpr Time kMs = 1'000'000;
constexpr Time kStep = 50 * kMs;
constexpr Time kHour = 3'600'000 * kMs;
constexpr Time kNone = -1;

enum class Kind { film, camera };

/// In milliseconds, where a stream's frames come to lie; kNone stands for a frame without a time.
struct Stream {
  explicit Stream(Kind kind, Time interval = kStep, bool reorders = false) {
    StreamTime::Pace pace;
    pace.interval = interval;
    pace.live = kind == Kind::camera;
    pace.stored = kind == Kind::film;
    pace.reorders = reorders;
    time.set_pace(pace);
  }
  Time add(Time pts, Time after = kStep) {
    arrival += after;
    StreamTime::Stamp stamp;
    if (pts != kNone) stamp.shown = pts;
    const Time shown = time.place(stamp, arrival).shown;
    if (time.jump()) jumps.push_back(*time.jump());
    return shown / kMs;
  }
  std::vector<Time> add(const std::vector<Time>& frames) {
    std::vector<Time> shown;
    for (const Time pts : frames) shown.push_back(add(pts == kNone ? kNone : pts * kMs));
    return shown;
  }

  StreamTime time;
  Time arrival = 5 * kHour;
  std::vector<StreamTime::Jump> jumps;
};

using Times = std::vector<Time>;

TEST(StreamTime, IsTheSourcesOwnWhereThatGoesOn) {
  Stream film(Kind::film);
  EXPECT_EQ(film.add({100, 150, 200, 300, 350}), (Times{100, 150, 200, 300, 350}));
  EXPECT_TRUE(film.jumps.empty());
}

TEST(StreamTime, BeginsAtZeroForAStreamThatBeginsLate) {
  Stream film(Kind::film);
  EXPECT_EQ(film.add({3'600'000, 3'600'050}), (Times{0, 50}));
}

TEST(StreamTime, PassesOverASingleWrongStamp) {
  for (const Kind kind : {Kind::film, Kind::camera})
    for (const bool reorders : {false, true})
      for (const Time wrong : {7'200'000, 0, 10'000, 20'000}) {
        Stream stream(kind, kStep, reorders);
        Times expected;
        Times shown;
        for (Time i = 300; i < 400; ++i) {
          expected.push_back((i - 300) * 50);
          shown.push_back(stream.add(i == 340 ? wrong * kMs : i * kStep));
        }
        EXPECT_EQ(shown, expected) << wrong << " ms for 17000";
        EXPECT_EQ(stream.jumps.size(), 1u) << "it is said once";
      }
}

TEST(StreamTime, GoesOnWhenTheTimesBeginAgain) {
  for (const bool reorders : {false, true}) {
    Stream film(Kind::film, kStep, reorders);
    for (Time i = 0; i < 300; ++i) EXPECT_EQ(film.add(i % 100 * kStep), i * 50);
    ASSERT_EQ(film.jumps.size(), 2u);
    EXPECT_EQ(film.jumps[0].at, 100 * kStep);
    EXPECT_EQ(film.jumps[0].by, -100 * kStep);
  }
}

TEST(StreamTime, TakesAGapThatReallyWasForOne) {
  Stream camera(Kind::camera);
  camera.add({0, 50, 100});
  EXPECT_EQ(camera.add(20'100 * kMs, 20'000 * kMs), 20'100) << "the camera was silent so long";
  EXPECT_TRUE(camera.jumps.empty());
  EXPECT_EQ(camera.add(60'150 * kMs, kStep), 20'150) << "no time has passed";
  EXPECT_EQ(camera.jumps.size(), 1u);
}

TEST(StreamTime, TakesSlowFilmsAsTheyAre) {
  Stream film(Kind::film, 0);
  EXPECT_EQ(film.add({0, 5'000, 10'000, 18'000}), (Times{0, 5'000, 10'000, 18'000}));
  EXPECT_TRUE(film.jumps.empty());
}

TEST(StreamTime, ComesFromThePaceWhereThereIsNone) {
  Stream film(Kind::film);
  EXPECT_EQ(film.add({kNone, kNone, kNone}), (Times{0, 50, 100}));
  Stream unknown(Kind::film, 0);
  EXPECT_EQ(unknown.add({kNone, kNone, kNone}), (Times{0, 40, 80}));
  Stream first(Kind::film);
  EXPECT_EQ(first.add({0, kNone, kNone, 150, kNone}), (Times{0, 50, 100, 150, 200}));
}

TEST(StreamTime, ComesFromTheArrivalOfACameraWithoutTimes) {
  Stream camera(Kind::camera);
  camera.add(kNone);
  EXPECT_EQ(camera.add(kNone, 70 * kMs), 70);
  EXPECT_EQ(camera.add(kNone, 30 * kMs), 100);
  EXPECT_EQ(camera.add(kNone, 0), 101) << "no two frames have one time";
}

TEST(StreamTime, GoesOnWhereTheSourceRepeatsItself) {
  Stream film(Kind::film);
  EXPECT_EQ(film.add({0, 0, 0, 0}), (Times{0, 50, 100, 150}));
}

TEST(StreamTime, GrowsWhereAClockTrembles) {
  Stream camera(Kind::camera);
  Times shown = camera.add({0, 50, 40, 130, 120, 200});
  EXPECT_TRUE(std::is_sorted(shown.begin(), shown.end()));
  EXPECT_EQ(std::adjacent_find(shown.begin(), shown.end()), shown.end());
  EXPECT_EQ(shown.back(), 200) << "and does not run away";
  EXPECT_TRUE(camera.jumps.empty());
}

TEST(StreamTime, KeepsTheOrderOfFramesThatAreShownInAnother) {
  Stream film(Kind::film, 0, true);
  const Times frames{0, 150, 50, 100, 300, 200, 250, 450, 350, 400};
  EXPECT_EQ(film.add(frames), frames);
  EXPECT_TRUE(film.jumps.empty());
}

TEST(StreamTime, KeepsTheDelayOfDecoding) {
  Stream film(Kind::film, kStep, true);
  const StreamTime::Placed first = film.time.place({0, -2 * kStep}, 0);
  EXPECT_EQ(first.shown, 0);
  EXPECT_EQ(first.decoded, -2 * kStep);
  const StreamTime::Placed late = film.time.place({kHour, kHour - 2 * kStep}, 0);
  EXPECT_EQ(late.shown, kStep);
  EXPECT_EQ(late.decoded, -kStep);
  EXPECT_FALSE(film.time.place({2 * kStep, kHour}, 0).decoded) << "shown before it is decoded";
}

}  // namespace
}  // namespace mvga::testing
