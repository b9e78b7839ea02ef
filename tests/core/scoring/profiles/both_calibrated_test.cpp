// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What the profile `calibrated` keeps from version to version.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/scoring/calibration.h"
#include "tests/core/scoring/normal_evidence.h"

namespace mvga {
namespace {

using test::both_levels;
using test::deviation_of;
using test::mean_of;
using test::normal_images;

class CalibratedProfiles : public ::testing::TestWithParam<Profile> {};

TEST_P(CalibratedProfiles, ScoresHeldOutImagesLikeStandardNormalOnes) {
  for (const int count : {50, 300}) {
    const auto scores = calibrate(normal_images(count), GetParam(), both_levels).scores;
    EXPECT_EQ(scores.size(), static_cast<std::size_t>(count));
    EXPECT_NEAR(mean_of(scores), 0, 0.1) << "the average normal image does not score 0";
    EXPECT_NEAR(deviation_of(scores), 1, 0.15) << "a score of 1 is not one standard deviation";
    EXPECT_TRUE(std::is_sorted(scores.begin(), scores.end())) << "thresholds are read off them";
  }
}

// A coarse level sees a defect in the neighbouring cells too.
TEST_P(CalibratedProfiles, HoldsACoarseLevelToWhatTheFineOneSees) {
  const std::vector<Evidence> images = normal_images(40);
  const Calibration calibration = calibrate(images, GetParam(), both_levels);
  Evidence blurred = images[0];
  for (float& v : blurred.maps[1].values) v = 200;
  Evidence agreed = images[0];
  for (AnomalyMap& m : agreed.maps)
    for (float& v : m.values) v = 70;
  EXPECT_LT(maximum(calibration.map(blurred)), maximum(calibration.map(agreed)))
      << "one level that is far off outweighs two that agree";
}

TEST_P(CalibratedProfiles, GivesNewNormalImagesAboutTheSame) {
  const Calibration calibration = calibrate(normal_images(300), GetParam(), both_levels);
  std::vector<double> scores;
  for (const Evidence& e : normal_images(300, 2)) scores.push_back(calibration.score(e));
  EXPECT_NEAR(mean_of(scores), 0, 0.3);
  EXPECT_NEAR(deviation_of(scores), 1, 0.2);
}

TEST_P(CalibratedProfiles, BringsEachLevelToMeanZeroAndDeviationOne) {
  const std::vector<Evidence> images = normal_images(50);
  for (const int level : {0, 1}) {
    const Calibration calibration = calibrate(images, GetParam(), std::vector<int>{level});
    std::vector<double> values;
    for (const Evidence& e : images) {
      const AnomalyMap map = calibration.map(e);
      values.insert(values.end(), map.values.begin(), map.values.end());
    }
    // But for what is taken off by place.
    EXPECT_NEAR(mean_of(values), 0, 1e-2) << "level " << level << " would outweigh the others";
    EXPECT_NEAR(deviation_of(values), 1, 1e-2) << "level " << level << " has a scale of its own";
  }
}

TEST_P(CalibratedProfiles, MakesItsMapOfTheChosenLevels) {
  const std::vector<Evidence> images = normal_images(20);
  const Calibration calibration = calibrate(images, GetParam(), std::vector<int>{1});
  Evidence changed = images[0];
  for (float& v : changed.maps[0].values) v += 100;
  EXPECT_EQ(calibration.map(changed).values, calibration.map(images[0]).values)
      << "a level that localises badly blurs the map";
}

INSTANTIATE_TEST_SUITE_P(All, CalibratedProfiles,
                         ::testing::Values(Profile::calibrated, Profile::calibrated_0_1),
                         [](const auto& profile) {
                           return profile.param == Profile::calibrated ? "now" : "of_0_1";
                         });

}  // namespace
}  // namespace mvga
