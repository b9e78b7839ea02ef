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

}  // namespace
}  // namespace mvga
