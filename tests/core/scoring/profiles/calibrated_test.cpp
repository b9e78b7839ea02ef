// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/calibrated.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/scoring/calibration.h"
#include "core/scoring/combined_score.h"
#include "tests/core/scoring/normal_evidence.h"

namespace mvga {
namespace {

using test::both_levels;
using test::deviation_of;
using test::mean_of;
using test::normal_images;

TEST(CalibratedProfile, ScoresHeldOutImagesLikeStandardNormalOnes) {
  for (const int count : {50, 300}) {
    const auto scores = calibrate(normal_images(count), Profile::calibrated, both_levels).scores;
    EXPECT_EQ(scores.size(), static_cast<std::size_t>(count));
    EXPECT_NEAR(mean_of(scores), 0, 0.1) << "the average normal image does not score 0";
    EXPECT_NEAR(deviation_of(scores), 1, 0.15) << "a score of 1 is not one standard deviation";
    EXPECT_TRUE(std::is_sorted(scores.begin(), scores.end())) << "thresholds are read off them";
  }
}

// The definition: the logarithms of the levels, each in deviations from normal, averaged; less what
// is usual at the place.
TEST(CalibratedProfile, AveragesTheStandardisedLogarithmsOfTheDistances) {
  const std::vector<Evidence> images = normal_images(40);
  const Calibration calibration = calibrate(images, Profile::calibrated, both_levels);
  const auto& scales = dynamic_cast<const CalibratedScoring&>(*calibration.scoring).scales();
  std::vector<AnomalyMap> logs = images[3].maps;
  for (const std::size_t level : {0u, 1u}) {
    std::vector<double> all;
    for (const Evidence& e : images)
      for (const float d : e.maps[level].values) all.push_back(std::log(d));
    for (float& v : logs[level].values)
      v = static_cast<float>((std::log(v) - mean_of(all)) / deviation_of(all));
  }
  const AnomalyMap coarse = resize_bilinear(logs[1], 8, 8);
  const AnomalyMap map = calibration.map(images[3]);
  for (std::size_t i = 0; i < 64; ++i)
    EXPECT_NEAR(map.values[i], (logs[0].values[i] + coarse.values[i]) / 2 - scales.usual.values[i],
                1e-4);
}

// What is loud in normal images, but for half a deviation, and half of what is quiet.
TEST(CalibratedProfile, TakesWhatIsUsualAtAPlaceOffTheMap) {
  const auto corner_less_the_rest = [](float factor) {
    std::vector<Evidence> images = normal_images(200);
    for (Evidence& e : images)
      for (int y = 0; y < 4; ++y)
        for (int x = 0; x < 4; ++x) e.maps[0].values[static_cast<std::size_t>(y) * 8 + x] *= factor;
    const Calibration calibration =
        calibrate(images, Profile::calibrated, std::vector<int>{0});  // one level, to do it by hand
    double inside = 0;
    double outside = 0;
    for (const Evidence& e : images) {
      const AnomalyMap map = calibration.map(e);
      for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x)
          (y < 4 && x < 4 ? inside : outside) += map.at(y, x) / (y < 4 && x < 4 ? 16 : 48) / 200;
    }
    std::vector<double> all;
    for (const Evidence& e : images)
      for (const float d : e.maps[0].values) all.push_back(std::log(d));
    return std::pair(inside - outside, std::log(factor) / deviation_of(all));
  };
  // A quarter lies higher by d, so the mean by d / 4: it has 3 d / 4 too much, the rest d / 4 too
  // little.
  const auto [loud, d] = corner_less_the_rest(2);
  EXPECT_NEAR(loud, d - (0.75 * d - 0.5) - 0.5 * 0.25 * d, 0.05);
  const auto [quiet, less] = corner_less_the_rest(0.5);
  EXPECT_NEAR(quiet, less - 0.5 * 0.75 * less, 0.05) << "the rest lies less than half above";
}

// The definition: of the sum of the image distances, by its logarithm, and of the mean of the top
// of the map, both in deviations from normal; then joined.
TEST(CalibratedProfile, JoinsBothPartsInDeviationsFromNormal) {
  const std::vector<Evidence> images = normal_images(40);
  const Calibration calibration = calibrate(images, Profile::calibrated, both_levels);
  std::vector<double> image_parts;
  std::vector<double> map_parts;
  for (const Evidence& e : images) {
    image_parts.push_back(std::log(e.image_distances[0] + e.image_distances[1]));
    map_parts.push_back(maximum(calibration.map(e)));  // 0.3 % of 64 positions: one
  }
  for (std::size_t i = 0; i < images.size(); ++i)
    EXPECT_NEAR(
        calibration.score(images[i]),
        joined_score((image_parts[i] - mean_of(image_parts)) / deviation_of(image_parts),
                     (map_parts[i] - mean_of(map_parts)) / deviation_of(map_parts), 1.0 / 3),
        1e-4)
        << "image " << i;
}

// A coarse level sees a defect in the neighbouring cells too.
TEST(CalibratedProfile, HoldsACoarseLevelToWhatTheFineOneSees) {
  const std::vector<Evidence> images = normal_images(40);
  const Calibration calibration = calibrate(images, Profile::calibrated, both_levels);
  Evidence blurred = images[0];
  for (float& v : blurred.maps[1].values) v = 200;
  Evidence agreed = images[0];
  for (AnomalyMap& m : agreed.maps)
    for (float& v : m.values) v = 70;
  EXPECT_LT(maximum(calibration.map(blurred)), maximum(calibration.map(agreed)))
      << "one level that is far off outweighs two that agree";
}

TEST(CalibratedProfile, GivesNewNormalImagesAboutTheSame) {
  const Calibration calibration = calibrate(normal_images(300), Profile::calibrated, both_levels);
  std::vector<double> scores;
  for (const Evidence& e : normal_images(300, 2)) scores.push_back(calibration.score(e));
  EXPECT_NEAR(mean_of(scores), 0, 0.3);
  EXPECT_NEAR(deviation_of(scores), 1, 0.2);
}

TEST(CalibratedProfile, BringsEachLevelToMeanZeroAndDeviationOne) {
  const std::vector<Evidence> images = normal_images(50);
  for (const int level : {0, 1}) {
    const Calibration calibration = calibrate(images, Profile::calibrated, std::vector<int>{level});
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

TEST(CalibratedProfile, MakesItsMapOfTheChosenLevels) {
  const std::vector<Evidence> images = normal_images(20);
  const Calibration calibration = calibrate(images, Profile::calibrated, std::vector<int>{1});
  Evidence changed = images[0];
  for (float& v : changed.maps[0].values) v += 100;
  EXPECT_EQ(calibration.map(changed).values, calibration.map(images[0]).values)
      << "a level that localises badly blurs the map";
}

}  // namespace
}  // namespace mvga
