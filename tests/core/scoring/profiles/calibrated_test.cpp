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

}  // namespace
}  // namespace mvga
