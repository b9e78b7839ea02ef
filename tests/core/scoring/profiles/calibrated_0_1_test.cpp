// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/calibrated_0_1.h"

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

TEST(CalibratedProfile01, ScoresHeldOutImagesLikeStandardNormalOnes) {
  for (const int count : {50, 300}) {
    const auto scores =
        calibrate(normal_images(count), Profile::calibrated_0_1, both_levels).scores;
    EXPECT_EQ(scores.size(), static_cast<std::size_t>(count));
    EXPECT_NEAR(mean_of(scores), 0, 0.1) << "the average normal image does not score 0";
    EXPECT_NEAR(deviation_of(scores), 1, 0.15) << "a score of 1 is not one standard deviation";
    EXPECT_TRUE(std::is_sorted(scores.begin(), scores.end())) << "thresholds are read off them";
  }
}

// The definition: of the sum of the image distances, and of the upper spread of the mean of the
// levels in units of each one's own, the logarithms in deviations from normal; then combined.
TEST(CalibratedProfile01, CombinesTheStandardisedLogarithmsOfBothParts) {
  const std::vector<Evidence> images = normal_images(40);
  const Calibration calibration = calibrate(images, Profile::calibrated_0_1, both_levels);
  const auto& scales = dynamic_cast<const CalibratedScoring01&>(*calibration.scoring).scales();
  std::vector<double> image_parts;
  std::vector<double> map_parts;
  for (const Evidence& e : images) {
    image_parts.push_back(std::log(e.image_distances[0] + e.image_distances[1]));
    AnomalyMap mean = resize_bilinear(e.maps[1], 8, 8);
    for (std::size_t i = 0; i < 64; ++i)
      mean.values[i] =
          (e.maps[0].values[i] / scales.levels[0].scale + mean.values[i] / scales.levels[1].scale) /
          2;
    map_parts.push_back(std::log(upper_spread(mean)));
  }
  for (std::size_t i = 0; i < images.size(); ++i)
    EXPECT_NEAR(calibration.score(images[i]),
                combined_score((map_parts[i] - mean_of(map_parts)) / deviation_of(map_parts),
                               (image_parts[i] - mean_of(image_parts)) / deviation_of(image_parts)),
                1e-4)
        << "image " << i;
}

TEST(CalibratedProfile01, AveragesTheStandardisedLogarithmsOfTheDistances) {
  const std::vector<Evidence> images = normal_images(40);
  const Calibration calibration = calibrate(images, Profile::calibrated_0_1, both_levels);
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
    EXPECT_NEAR(map.values[i], (logs[0].values[i] + coarse.values[i]) / 2, 1e-4);
}

// A coarse level sees a defect in the neighbouring cells too.
TEST(CalibratedProfile01, HoldsACoarseLevelToWhatTheFineOneSees) {
  const std::vector<Evidence> images = normal_images(40);
  const Calibration calibration = calibrate(images, Profile::calibrated_0_1, both_levels);
  Evidence blurred = images[0];
  for (float& v : blurred.maps[1].values) v = 200;
  Evidence agreed = images[0];
  for (AnomalyMap& m : agreed.maps)
    for (float& v : m.values) v = 70;
  EXPECT_LT(maximum(calibration.map(blurred)), maximum(calibration.map(agreed)))
      << "one level that is far off outweighs two that agree";
}

TEST(CalibratedProfile01, GivesNewNormalImagesAboutTheSame) {
  const Calibration calibration =
      calibrate(normal_images(300), Profile::calibrated_0_1, both_levels);
  std::vector<double> scores;
  for (const Evidence& e : normal_images(300, 2)) scores.push_back(calibration.score(e));
  EXPECT_NEAR(mean_of(scores), 0, 0.3);
  EXPECT_NEAR(deviation_of(scores), 1, 0.2);
}

TEST(CalibratedProfile01, BringsEachLevelToMeanZeroAndDeviationOne) {
  const std::vector<Evidence> images = normal_images(50);
  for (const int level : {0, 1}) {
    const Calibration calibration =
        calibrate(images, Profile::calibrated_0_1, std::vector<int>{level});
    std::vector<double> values;
    for (const Evidence& e : images) {
      const AnomalyMap map = calibration.map(e);
      values.insert(values.end(), map.values.begin(), map.values.end());
    }
    EXPECT_NEAR(mean_of(values), 0, 1e-4) << "level " << level << " would outweigh the others";
    EXPECT_NEAR(deviation_of(values), 1, 1e-4) << "level " << level << " has a scale of its own";
  }
}

TEST(CalibratedProfile01, MakesItsMapOfTheChosenLevels) {
  const std::vector<Evidence> images = normal_images(20);
  const Calibration calibration = calibrate(images, Profile::calibrated_0_1, std::vector<int>{1});
  Evidence changed = images[0];
  for (float& v : changed.maps[0].values) v += 100;
  EXPECT_EQ(calibration.map(changed).values, calibration.map(images[0]).values)
      << "a level that localises badly blurs the map";
}

}  // namespace
}  // namespace mvga
