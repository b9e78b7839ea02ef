// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// mvga-watch says which of the planted defects its events found.

#include "examples/watch/ground_truth.h"

#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/models/temporary_folder.h"

namespace {

using watch::Event;
using watch::Planted;
using watch::Region;

constexpr Region left{0.1, 0.4, 0.1, 0.1};
constexpr Region right{0.7, 0.4, 0.1, 0.1};

Event event(std::uint64_t id, double start, double end, const Region& region) {
  Event e;
  e.id = id;
  e.start = start;
  e.end = end;
  e.regions = {region};
  return e;
}

TEST(GroundTruth, ADefectIsFoundByAnEventAtItsTimeAndPlace) {
  const auto result =
      watch::compare({Planted{"scratch", 10, 12, {left}}}, {event(1, 10.5, 11.5, left)});
  EXPECT_EQ(result.found(), 1U);
  EXPECT_TRUE(result.false_events.empty());
}

TEST(GroundTruth, AnEventElsewhereOrLaterIsFalseAndTheDefectMissed) {
  for (const Event& e : {event(1, 10.5, 11.5, right), event(1, 13, 14, left)}) {
    const auto result = watch::compare({Planted{"scratch", 10, 12, {left}}}, {e});
    EXPECT_EQ(result.found(), 0U);
    ASSERT_EQ(result.false_events.size(), 1U);
  }
}

TEST(GroundTruth, AnEventWithoutAPlaceFindsByItsTimeAndSaysSo) {
  Event e = event(1, 10.5, 11.5, left);
  e.regions.clear();
  const auto result = watch::compare({Planted{"scratch", 10, 12, {left}}}, {e});
  EXPECT_EQ(result.found(), 1U);
  EXPECT_NE(watch::describe(result).find("place not marked"), std::string::npos);
}

TEST(GroundTruth, OneLongEventFindsAllDefectsThatItTouches) {
  const auto result =
      watch::compare({Planted{"scratch", 10, 12, {left}}, Planted{"dent", 13, 14, {left, right}}},
                     {event(1, 10, 15, left)});
  EXPECT_EQ(result.found(), 2U);
  EXPECT_TRUE(result.false_events.empty());
}

TEST(GroundTruth, IsSaidInALineForEachAndOneWithTheSums) {
  const auto result =
      watch::compare({Planted{"scratch", 10, 12, {left}}, Planted{"dent", 20, 21, {left}}},
                     {event(1, 10, 11, left), event(2, 30, 31, right)});
  const std::string text = watch::describe(result);
  EXPECT_NE(text.find("scratch             10.0 s to  12.0 s: event 1,"), std::string::npos)
      << text;
  EXPECT_NE(text.find("dent                20.0 s to  21.0 s: missed"), std::string::npos) << text;
  EXPECT_NE(text.find("nothing is wrong at event 2,"), std::string::npos) << text;
  EXPECT_NE(text.find("\n1 of 2 defects found, 1 false event\n"), std::string::npos) << text;
}

class GroundTruthFile : public testing::Test {
 protected:
  std::string written(const std::string& text) const {
    const auto path = folder_ / "truth.json";
    std::ofstream(path) << text;
    return path.string();
  }
  mvga::testing::TemporaryFolder folder_;
};

TEST_F(GroundTruthFile, GivesPlacesInFractionsOfThePicture) {
  const auto defects = watch::load_ground_truth(written(
      R"({"width": 200, "height": 100, "defects": [{"kind": "dent", "start": 1.5, "end": 2.5,
          "boxes": [{"frame": 40, "x": 20, "y": 40, "width": 20, "height": 10}]}]})"));
  ASSERT_EQ(defects.size(), 1U);
  EXPECT_EQ(defects[0].kind, "dent");
  EXPECT_EQ(defects[0].start, 1.5);
  EXPECT_EQ(defects[0].end, 2.5);
  ASSERT_EQ(defects[0].boxes.size(), 1U);
  EXPECT_DOUBLE_EQ(defects[0].boxes[0].x, left.x);
  EXPECT_DOUBLE_EQ(defects[0].boxes[0].height, left.height);
}

TEST_F(GroundTruthFile, ThatIsNoneIsAnErrorThatNamesIt) {
  for (const std::string& path :
       {written("{}"), written("no JSON"), std::string("/nowhere.json")}) {
    try {
      watch::load_ground_truth(path);
      FAIL() << path;
    } catch (const std::runtime_error& e) {
      EXPECT_EQ(std::string(e.what()).rfind(path, 0), 0U) << e.what();
    }
  }
}

}  // namespace
