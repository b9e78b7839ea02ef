// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/profiles/paper.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/scoring/calibration.h"
#include "tests/core/scoring/normal_evidence.h"

namespace mvga {
namespace {

using test::both_levels;
using test::normal_images;

TEST(PaperProfile, ScoresTheSumOfSquaredDistances) {
  const Calibration calibration = calibrate(normal_images(10), Profile::paper, both_levels);
  Evidence evidence = normal_images(1, 2)[0];
  evidence.image_distances = {12.5, 30.25};
  EXPECT_DOUBLE_EQ(calibration.score(evidence), 42.75) << "eq. 4 of the paper";
}

TEST(PaperProfile, AveragesTheMapsOfAllLevels) {
  // Localises on level 0 only in the other profile; here that must have no effect.
  const Calibration calibration = calibrate(normal_images(10), Profile::paper, std::vector<int>{0});
  const Evidence evidence = normal_images(1, 2)[0];
  const AnomalyMap map = calibration.map(evidence);
  const AnomalyMap coarse = resize_bilinear(evidence.maps[1], 8, 8);
  for (std::size_t i = 0; i < map.values.size(); ++i)
    EXPECT_NEAR(map.values[i], (evidence.maps[0].values[i] + coarse.values[i]) / 2, 1e-5)
        << "the paper takes the plain mean of the distances";
}

TEST(PaperProfile, KeepsTheHeldOutScoresAsTheyAre) {
  const std::vector<Evidence> images = normal_images(10);
  std::vector<double> expected;
  for (const Evidence& e : images) expected.push_back(e.image_distances[0] + e.image_distances[1]);
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(calibrate(images, Profile::paper, both_levels).scores, expected);
}

}  // namespace
}  // namespace mvga
