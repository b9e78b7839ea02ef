// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/calibration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "core/base/error.h"
#include "core/scoring/combined_score.h"
#include "core/scoring/false_alarm_rate.h"

namespace mvga {
namespace {

const std::vector<int> both_levels{0, 1};

AnomalyMap random_map(int side, double mean, double spread, std::mt19937& random) {
  std::normal_distribution<double> normal(mean, spread);
  AnomalyMap map{side, side, std::vector<float>(static_cast<std::size_t>(side) * side)};
  for (float& v : map.values) v = static_cast<float>(std::abs(normal(random)));
  return map;
}

// Two levels whose distances differ in size and spread, as those of a network do.
std::vector<Evidence> normal_pictures(int count, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::gamma_distribution<double> squared(8, 3);
  std::vector<Evidence> evidence;
  for (int i = 0; i < count; ++i)
    evidence.push_back({{squared(random), 5 * squared(random)},
                        {random_map(8, 7, 1, random), random_map(4, 20, 4, random)}});
  return evidence;
}

double score_of(const Calibration& calibration, const Evidence& evidence) {
  return calibration.score(evidence);
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += (v - mean_of(values)) * (v - mean_of(values));
  return std::sqrt(sum / static_cast<double>(values.size()));
}

TEST(PaperProfile, ScoresTheSumOfSquaredDistances) {
  const Calibration calibration = calibrate(normal_pictures(10), Profile::paper, both_levels);
  Evidence evidence = normal_pictures(1, 2)[0];
  evidence.image_distances = {12.5, 30.25};
  EXPECT_DOUBLE_EQ(score_of(calibration, evidence), 42.75) << "eq. 4 of the paper";
}

TEST(PaperProfile, AveragesTheMapsOfAllLevels) {
  // Localises on level 0 only in the other profile; here that must have no effect.
  const Calibration calibration =
      calibrate(normal_pictures(10), Profile::paper, std::vector<int>{0});
  const Evidence evidence = normal_pictures(1, 2)[0];
  const AnomalyMap map = calibration.map(evidence);
  const AnomalyMap coarse = resize_bilinear(evidence.maps[1], 8, 8);
  for (std::size_t i = 0; i < map.values.size(); ++i)
    EXPECT_NEAR(map.values[i], (evidence.maps[0].values[i] + coarse.values[i]) / 2, 1e-5)
        << "the paper takes the plain mean of the distances";
}

TEST(PaperProfile, KeepsTheHeldOutScoresAsTheyAre) {
  const std::vector<Evidence> pictures = normal_pictures(10);
  std::vector<double> expected;
  for (const Evidence& e : pictures)
    expected.push_back(e.image_distances[0] + e.image_distances[1]);
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(calibrate(pictures, Profile::paper, both_levels).scores, expected);
}

TEST(CalibratedProfile, ScoresHeldOutPicturesLikeStandardNormalOnes) {
  for (const int count : {50, 300}) {
    const auto scores = calibrate(normal_pictures(count), Profile::calibrated, both_levels).scores;
    EXPECT_EQ(scores.size(), static_cast<std::size_t>(count));
    EXPECT_NEAR(mean_of(scores), 0, 0.1) << "the average normal picture does not score 0";
    EXPECT_NEAR(deviation_of(scores), 1, 0.15) << "a score of 1 is not one standard deviation";
    EXPECT_TRUE(std::is_sorted(scores.begin(), scores.end())) << "thresholds are read off them";
  }
}

// The definition: of the sum of the image distances, and of the upper spread of the mean of the
// levels in units of each one's own, the logarithms in deviations from normal; then combined.
TEST(CalibratedProfile, CombinesTheStandardisedLogarithmsOfBothParts) {
  const std::vector<Evidence> pictures = normal_pictures(40);
  const Calibration calibration = calibrate(pictures, Profile::calibrated, both_levels);
  std::vector<double> image_parts;
  std::vector<double> map_parts;
  for (const Evidence& e : pictures) {
    image_parts.push_back(std::log(e.image_distances[0] + e.image_distances[1]));
    AnomalyMap mean = resize_bilinear(e.maps[1], 8, 8);
    for (std::size_t i = 0; i < 64; ++i)
      mean.values[i] = (e.maps[0].values[i] / calibration.scales[0].scale +
                        mean.values[i] / calibration.scales[1].scale) /
                       2;
    map_parts.push_back(std::log(upper_spread(mean)));
  }
  for (std::size_t i = 0; i < pictures.size(); ++i)
    EXPECT_NEAR(score_of(calibration, pictures[i]),
                combined_score((map_parts[i] - mean_of(map_parts)) / deviation_of(map_parts),
                               (image_parts[i] - mean_of(image_parts)) / deviation_of(image_parts)),
                1e-4)
        << "picture " << i;
}

TEST(CalibratedProfile, AveragesTheStandardisedLogarithmsOfTheDistances) {
  const std::vector<Evidence> pictures = normal_pictures(40);
  const Calibration calibration = calibrate(pictures, Profile::calibrated, both_levels);
  std::vector<AnomalyMap> logs = pictures[3].maps;
  for (const std::size_t level : {0u, 1u}) {
    std::vector<double> all;
    for (const Evidence& e : pictures)
      for (const float d : e.maps[level].values) all.push_back(std::log(d));
    for (float& v : logs[level].values)
      v = static_cast<float>((std::log(v) - mean_of(all)) / deviation_of(all));
  }
  const AnomalyMap coarse = resize_bilinear(logs[1], 8, 8);
  const AnomalyMap map = calibration.map(pictures[3]);
  for (std::size_t i = 0; i < 64; ++i)
    EXPECT_NEAR(map.values[i], (logs[0].values[i] + coarse.values[i]) / 2, 1e-4);
}

// A coarse level sees a defect in the neighbouring cells too.
TEST(CalibratedProfile, HoldsACoarseLevelToWhatTheFineOneSees) {
  const std::vector<Evidence> pictures = normal_pictures(40);
  const Calibration calibration = calibrate(pictures, Profile::calibrated, both_levels);
  Evidence blurred = pictures[0];
  for (float& v : blurred.maps[1].values) v = 200;
  Evidence agreed = pictures[0];
  for (AnomalyMap& m : agreed.maps)
    for (float& v : m.values) v = 70;
  EXPECT_LT(maximum(calibration.map(blurred)), maximum(calibration.map(agreed)))
      << "one level that is far off outweighs two that agree";
}

TEST(CalibratedProfile, GivesNewNormalPicturesAboutTheSame) {
  const Calibration calibration = calibrate(normal_pictures(300), Profile::calibrated, both_levels);
  std::vector<double> scores;
  for (const Evidence& e : normal_pictures(300, 2)) scores.push_back(score_of(calibration, e));
  EXPECT_NEAR(mean_of(scores), 0, 0.3);
  EXPECT_NEAR(deviation_of(scores), 1, 0.2);
}

TEST(CalibratedProfile, BringsEachLevelToMeanZeroAndDeviationOne) {
  const std::vector<Evidence> pictures = normal_pictures(50);
  for (const int level : {0, 1}) {
    const Calibration calibration =
        calibrate(pictures, Profile::calibrated, std::vector<int>{level});
    std::vector<double> values;
    for (const Evidence& e : pictures) {
      const AnomalyMap map = calibration.map(e);
      values.insert(values.end(), map.values.begin(), map.values.end());
    }
    EXPECT_NEAR(mean_of(values), 0, 1e-4) << "level " << level << " would outweigh the others";
    EXPECT_NEAR(deviation_of(values), 1, 1e-4) << "level " << level << " has a scale of its own";
  }
}

TEST(CalibratedProfile, MakesItsMapOfTheChosenLevels) {
  const std::vector<Evidence> pictures = normal_pictures(20);
  const Calibration calibration = calibrate(pictures, Profile::calibrated, std::vector<int>{1});
  Evidence changed = pictures[0];
  for (float& v : changed.maps[0].values) v += 100;
  EXPECT_EQ(calibration.map(changed).values, calibration.map(pictures[0]).values)
      << "a level that localises badly blurs the map";
}

TEST(Score, RisesWithEveryDistance) {
  const std::vector<Evidence> pictures = normal_pictures(40);
  for (const Profile profile : {Profile::paper, Profile::calibrated}) {
    const Calibration calibration = calibrate(pictures, profile, both_levels);
    const Evidence& before = pictures[0];
    for (const std::size_t level : {0u, 1u}) {
      Evidence after = before;
      after.image_distances[level] *= 1.5;
      EXPECT_GT(score_of(calibration, after), score_of(calibration, before))
          << name_of(profile) << ": a picture further from normal scores less";
    }
  }
}

TEST(Score, RisesWithASmallDefectInTheMap) {
  const std::vector<Evidence> pictures = normal_pictures(40);
  const Calibration calibration = calibrate(pictures, Profile::calibrated, both_levels);
  Evidence defect = pictures[0];
  double last = score_of(calibration, defect);
  for (const float distance : {40.0f, 60.0f, 100.0f}) {
    defect.maps[0].values[27] = distance;
    const double score = score_of(calibration, defect);
    EXPECT_GT(score, last) << "a defect at one position is lost in the average";
    last = score;
  }
  EXPECT_GT(last, calibration.scores.back() + 3) << "a blatant defect looks normal";
}

TEST(MapScale, HasTheThresholdThatKeepsTheRateOfFramesWithRegions) {
  const std::vector<Evidence> pictures = normal_pictures(300);
  const Calibration calibration = calibrate(pictures, Profile::calibrated, both_levels);
  std::vector<double> peaks;
  for (const Evidence& e : pictures) peaks.push_back(maximum(calibration.map(e)));
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
  const std::vector<Evidence> pictures = normal_pictures(300);
  const Calibration calibration = calibrate(pictures, Profile::calibrated, both_levels);
  const MapScale scale = calibration.map_scale(0.01);
  double below = 0;
  for (const Evidence& e : pictures)
    for (const float v : calibration.map(e).values) below += v <= scale.normal;
  EXPECT_NEAR(below / (300 * 64), 0.99, 1e-3) << "normal frames are coloured, or defects are not";
}

TEST(MapScale, HasAWidthEvenForARateAboveTheNormalRange) {
  const Calibration calibration = calibrate(normal_pictures(300), Profile::calibrated, both_levels);
  const MapScale scale = calibration.map_scale(0.99);  // its threshold lies in the normal range
  EXPECT_GT(scale.threshold, scale.normal) << "colours would divide by zero or run backwards";
}

// A looped clip, or a synthetic picture: nothing to take a spread from.
TEST(Calibration, StaysFiniteWhenAllPicturesAreAlike) {
  std::vector<Evidence> same(10, normal_pictures(1)[0]);
  std::vector<Evidence> flat(10, {{3, 4}, {{2, 2, {5, 5, 5, 5}}, {1, 1, {2}}}});
  std::vector<Evidence> zero(10, {{0, 0}, {{2, 2, {0, 0, 0, 0}}, {1, 1, {0}}}});
  for (const auto& pictures : {same, flat, zero}) {
    for (const Profile profile : {Profile::paper, Profile::calibrated}) {
      const Calibration calibration = calibrate(pictures, profile, both_levels);
      for (const double s : calibration.scores) EXPECT_TRUE(std::isfinite(s));
      for (const double p : calibration.peaks) EXPECT_TRUE(std::isfinite(p));
      const MapScale scale = calibration.map_scale(0.01);
      EXPECT_TRUE(std::isfinite(scale.normalised(1))) << name_of(profile);
      EXPECT_GT(scale.threshold, scale.normal) << name_of(profile);

      Evidence worse = pictures[0];
      for (double& d : worse.image_distances) d = 2 * d + 10;
      for (AnomalyMap& m : worse.maps)
        for (float& v : m.values) v = 2 * v + 10;
      const double score = score_of(calibration, worse);
      EXPECT_TRUE(std::isfinite(score)) << name_of(profile);
      EXPECT_GT(score, calibration.scores.back()) << name_of(profile);
    }
  }
}

TEST(Calibration, RefusesFewerThanTwoPictures) {
  for (const int count : {0, 1}) {
    try {
      calibrate(normal_pictures(count), Profile::calibrated, both_levels);
      FAIL() << count << " pictures have no spread";
    } catch (const Error& e) {
      EXPECT_EQ(e.kind(), ErrorKind::too_few);
    }
  }
}

TEST(LogScale, MeasuresInDeviationsOfTheLogarithm) {
  const LogScale scale{std::log(10.0), 0.5};
  EXPECT_DOUBLE_EQ(scale.standardise(10), 0);
  EXPECT_DOUBLE_EQ(scale.standardise(10 * std::exp(1.0)), 2);
  EXPECT_TRUE(std::isfinite(scale.standardise(0))) << "a distance of zero has no logarithm";
}

TEST(ProfileNames, AreReadAsTheyAreWritten) {
  for (const Profile profile : {Profile::paper, Profile::calibrated})
    EXPECT_EQ(profile_from(name_of(profile)), profile);
  EXPECT_THROW(profile_from("papers"), Error);
}

}  // namespace
}  // namespace mvga
