// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/event_tracker.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mvga {
namespace {

using Change = EventTracker::Change;

Detection frame(bool anomalous, double score = 0) {
  Detection d;
  d.anomalous = anomalous;
  d.score = score;
  return d;
}

// Feeds a frame for each letter, '#' anomalous and '.' normal, and writes what changed: 's' an
// event starts, 'e' it ends, '-' nothing.
std::string changes(EventTracker& tracker, const std::string& frames,
                    const EventSettings& settings) {
  std::string result;
  std::uint64_t time = 0;
  for (const char f : frames) {
    const Change change = tracker.update(frame(f == '#', 1), time++, settings);
    result += change == Change::started ? 's' : change == Change::ended ? 'e' : '-';
  }
  return result;
}

std::string changes(const std::string& frames, const EventSettings& settings) {
  EventTracker tracker;
  return changes(tracker, frames, settings);
}

TEST(EventTracker, StartsAndEndsWithTheFrameByDefault) {
  EXPECT_EQ(changes("..##.#..", {}), "--s-ese-");
}

TEST(EventTracker, StartsWithKOfNFrames) {
  EXPECT_EQ(changes("#..#..#.#", {2, 3, 1}), "--------s")
      << "two anomalous frames among the last three make an event, no fewer";
  EXPECT_EQ(changes("#.##", {3, 4, 1}), "---s");
  EXPECT_EQ(changes("##.##.###", {3, 3, 1}), "--------s") << "three in a row were asked for";
}

TEST(EventTracker, NeedsAsManyFramesAsTheTriggerEvenInASmallerWindow) {
  EXPECT_EQ(changes("#####", {3, 1, 1}), "--s--")
      << "trigger-frames alone must work without trigger-window";
}

TEST(EventTracker, DoesNotStartOnANormalFrame) {
  EventTracker tracker;
  EXPECT_EQ(changes(tracker, "##", {3, 4, 1}), "--");
  EXPECT_EQ(tracker.update(frame(false), 2, {2, 4, 1}), Change::none)
      << "the wish was relaxed while playing, but this frame is normal";
}

TEST(EventTracker, EndsAfterEnoughNormalFramesInARow) {
  EXPECT_EQ(changes("#..#...#", {1, 1, 3}), "s-----es")
      << "an anomalous frame in between begins the count anew";
}

TEST(EventTracker, StartsTheNextEventFromScratch) {
  EXPECT_EQ(changes("##.#..##", {2, 3, 1}), "-se----s")
      << "frames of an event that is over must not trigger the next one";
}

TEST(EventTracker, EndsTheEventWhenTheStreamEnds) {
  EventTracker tracker;
  changes(tracker, "##", {1, 1, 5});
  EXPECT_TRUE(tracker.active());
  EXPECT_EQ(tracker.finish(), Change::ended) << "an application would wait for the end for ever";
  EXPECT_FALSE(tracker.active());
  EXPECT_EQ(tracker.finish(), Change::none) << "an event ends once";
}

TEST(EventTracker, CountsEvents) {
  EventTracker tracker;
  changes(tracker, "#.", {});
  EXPECT_EQ(tracker.event().id, 1u);
  changes(tracker, "#", {});
  EXPECT_EQ(tracker.event().id, 2u);
  tracker.reset();
  changes(tracker, "#", {});
  EXPECT_EQ(tracker.event().id, 3u) << "two events of one run share an id";
}

TEST(EventTracker, ForgetsFramesWhenReset) {
  EventTracker tracker;
  changes(tracker, "#", {2, 2, 1});
  tracker.reset();
  EXPECT_EQ(changes(tracker, "#", {2, 2, 1}), "-") << "a frame from before a seek counts";
}

TEST(EventTracker, TellsFromWhenToWhenTheEventWas) {
  EventTracker tracker;
  std::uint64_t time = 1000;
  for (const char f : std::string(".##.#.."))
    tracker.update(frame(f == '#'), time += 10, {1, 1, 2});
  EXPECT_FALSE(tracker.active());
  EXPECT_EQ(tracker.event().start, 1020u);
  EXPECT_EQ(tracker.event().end, 1050u) << "the last anomalous frame, not the frame that ended it";
  EXPECT_EQ(tracker.event().frames, 3u) << "anomalous frames only";
}

TEST(EventTracker, RemembersTheWorstFrame) {
  EventTracker tracker;
  const EventSettings settings{1, 1, 2};
  double left = 0;
  for (const double score : {-3.0, -1.0, -2.0}) {
    Detection d = frame(true, score);
    d.p_value = -score / 100;
    d.regions = {{{left, 0, 0.1, 0.1}, 0.01, 1}};
    left += 0.25;
    tracker.update(d, 0, settings);
  }
  EXPECT_EQ(tracker.event().peak_score, -1) << "scores may be negative";
  EXPECT_EQ(tracker.event().peak_p_value, 0.01);
  ASSERT_EQ(tracker.event().peak_regions.size(), 1u);
  EXPECT_EQ(tracker.event().peak_regions[0].box.x, 0.25) << "regions of another frame";
}

TEST(EventTracker, BeginsEachEventWithoutThePeakOfTheLast) {
  EventTracker tracker;
  tracker.update(frame(true, 100), 0, {});
  tracker.update(frame(false), 1, {});
  tracker.update(frame(true, 5), 2, {});
  EXPECT_EQ(tracker.event().peak_score, 5);
  EXPECT_EQ(tracker.event().frames, 1u);
}

}  // namespace
}  // namespace mvga
