// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/calibration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/scoring/false_alarm_rate.h"
#include "tests/core/scoring/normal_evidence.h"

namespace mvga {
namespace {

using test::both_levels;
using test::normal_images;

TEST(Score, RisesWithEveryDistance) {
  const std::vector<Evidence> images = normal_images(40);
  for (const Profile profile : {Profile::paper, Profile::calibrated}) {
    const Calibration calibration = calibrate(images, profile, both_levels);
    const Evidence& before = images[0];
    for (const std::size_t level : {0u, 1u}) {
      Evidence after = before;
      after.image_distances[level] *= 1.5;
      EXPECT_GT(calibration.score(after), calibration.score(before))
          << name_of(profile) << ": a image further from normal scores less";
    }
  }
}

TEST(Score, RisesWithASmallDefectInTheMap) {
  const std::vector<Evidence> images = normal_images(40);
  const Calibration calibration = calibrate(images, Profile::calibrated, both_levels);
  Evidence defect = images[0];
  double last = calibration.score(defect);
  for (const float distance : {40.0f, 60.0f, 100.0f}) {
    defect.maps[0].values[27] = distance;
    const double score = calibration.score(defect);
    EXPECT_GT(score, last) << "a defect at one position is lost in the average";
    last = score;
  }
  EXPECT_GT(last, calibration.scores.back() + 3) << "a blatant defect looks normal";
}

TEST(Calibration, CountsAClusterOnceByItsLargestScoreAndPeak) {
  const std::vector<Evidence> images = normal_images(12);
  const std::vector<int> clusters{0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 3, 3};
  const Calibration all = calibrate(images, Profile::calibrated, both_levels);
  std::vector<double> scores(4, -1e9);
  std::vector<double> peaks(4, -1e9);
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto c = static_cast<std::size_t>(clusters[i]);
    scores[c] = std::max(scores[c], all.score(images[i]));
    peaks[c] = std::max<double>(peaks[c], maximum(all.map(images[i])));
  }
  std::sort(scores.begin(), scores.end());
  std::sort(peaks.begin(), peaks.end());
  const Calibration found = calibrate(images, Profile::calibrated, both_levels, clusters);
  EXPECT_EQ(found.scores, scores) << "copies of an image are witnesses of their own";
  EXPECT_EQ(found.peaks, peaks);
}

TEST(MapScale, HasTheThresholdThatKeepsTheRateOfFramesWithRegions) {
  const std::vector<Evidence> images = normal_images(300);
  const Calibration calibration = calibrate(images, Profile::calibrated, both_levels);
  std::vector<double> peaks;
  for (const Evidence& e : images) peaks.push_back(maximum(calibration.map(e)));
  std::sort(peaks.begin(), peaks.end());
  for (const double rate : {0.01, 0.05, 0.2}) {
    const MapScale scale = calibration.map_scale(rate);
    EXPECT_EQ(scale.threshold, static_cast<float>(threshold_for(peaks, rate).value))
        << "regions would show on another share of normal frames than " << rate;
    EXPECT_FLOAT_EQ(scale.normalised(scale.threshold), 0.5f);
    EXPECT_FLOAT_EQ(scale.normalised(scale.normal), 0);
  }
}

TEST(MapScale, BeginsWhereNinetyNinePercentOfNormalPositionsEnd) {
  const std::vector<Evidence> images = normal_images(300);
  const Calibration calibration = calibrate(images, Profile::calibrated, both_levels);
  const MapScale scale = calibration.map_scale(0.01);
  double below = 0;
  for (const Evidence& e : images)
    for (const float v : calibration.map(e).values) below += v <= scale.normal;
  EXPECT_NEAR(below / (300 * 64), 0.99, 1e-3) << "normal frames are coloured, or defects are not";
}

TEST(MapScale, HasAWidthEvenForARateAboveTheNormalRange) {
  const Calibration calibration = calibrate(normal_images(300), Profile::calibrated, both_levels);
  const MapScale scale = calibration.map_scale(0.99);  // its threshold lies in the normal range
  EXPECT_GT(scale.threshold, scale.normal) << "colours would divide by zero or run backwards";
}

// A looped clip, or a synthetic image: nothing to take a spread from.
TEST(Calibration, StaysFiniteWhenAllImagesAreAlike) {
  std::vector<Evidence> same(10, normal_images(1)[0]);
  std::vector<Evidence> flat(10, {{3, 4}, {{2, 2, {5, 5, 5, 5}}, {1, 1, {2}}}});
  std::vector<Evidence> zero(10, {{0, 0}, {{2, 2, {0, 0, 0, 0}}, {1, 1, {0}}}});
  for (const auto& images : {same, flat, zero}) {
    for (const Profile profile : {Profile::paper, Profile::calibrated}) {
      const Calibration calibration = calibrate(images, profile, both_levels);
      for (const double s : calibration.scores) EXPECT_TRUE(std::isfinite(s));
      for (const double p : calibration.peaks) EXPECT_TRUE(std::isfinite(p));
      const MapScale scale = calibration.map_scale(0.01);
      EXPECT_TRUE(std::isfinite(scale.normalised(1))) << name_of(profile);
      EXPECT_GT(scale.threshold, scale.normal) << name_of(profile);

      Evidence worse = images[0];
      for (double& d : worse.image_distances) d = 2 * d + 10;
      for (AnomalyMap& m : worse.maps)
        for (float& v : m.values) v = 2 * v + 10;
      const double score = calibration.score(worse);
      EXPECT_TRUE(std::isfinite(score)) << name_of(profile);
      EXPECT_GT(score, calibration.scores.back()) << name_of(profile);
    }
  }
}

TEST(Calibration, RefusesFewerThanTwoImages) {
  for (const int count : {0, 1}) {
    try {
      calibrate(normal_images(count), Profile::calibrated, both_levels);
      FAIL() << count << " images have no spread";
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), ErrorKind::too_few);
    }
  }
}

}  // namespace
}  // namespace mvga
