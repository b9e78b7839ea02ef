// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/scoring/detector.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/files/model_file.h"
#include "core/learning/learner.h"
#include "core/scoring/false_alarm_rate.h"
#include "tests/core/learning/fake_backbone.h"

namespace mvga {
namespace {

using test::FakeBackbone;
using test::normal_picture;
using test::Pixels;
using test::view_of;

const Model& learned() {
  static const Model model = [] {
    Learner learner(std::make_shared<FakeBackbone>(), {});
    for (unsigned i = 0; i < 120; ++i) learner.add(view_of(normal_picture(i)));
    return learner.finish();
  }();
  return model;
}

const Detector& detector() {
  static const Detector d(std::make_shared<FakeBackbone>(), learned());
  return d;
}

// A white square of 8 x 8 pixels, from (20, 4) on.
Pixels defect() {
  Pixels pixels = normal_picture(500);
  test::paint_square(pixels, 20, 4, 8);
  return pixels;
}

std::string refusal(
    const std::function<void(BackboneInfo&)>& change_backbone,
    const std::function<void(Model&)>& change_model = [](Model&) {}) {
  auto backbone = std::make_shared<FakeBackbone>();
  change_backbone(backbone->change());
  Model model = learned();
  change_model(model);
  try {
    Detector d(backbone, model);
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::unreadable);
    return e.what();
  }
  ADD_FAILURE() << "a model that does not fit was accepted";
  return "";
}

TEST(Detector, FindsAPlantedSquareWhereItIs) {
  const Detection d = detector().detect(view_of(defect()), {});
  EXPECT_TRUE(d.anomalous);
  EXPECT_GT(d.score, d.threshold);
  EXPECT_DOUBLE_EQ(d.p_value, 1.0 / 121) << "worse than all 120 held-out pictures";
  ASSERT_EQ(d.regions.size(), 1u);
  const Box& box = d.regions[0].box;
  EXPECT_LT(box.x, 24 / 32.0) << "the region must cover the middle of the square";
  EXPECT_GT(box.x + box.width, 24 / 32.0);
  EXPECT_LT(box.y, 8 / 32.0);
  EXPECT_GT(box.y + box.height, 8 / 32.0);
  EXPECT_LT(box.width * box.height, 0.4) << "the region must not cover everything";
  EXPECT_EQ(d.regions[0].peak, maximum(d.map));
}

TEST(Detector, PassesNormalPictures) {
  int anomalous = 0;
  int with_regions = 0;
  double p_values = 0;
  for (unsigned i = 1000; i < 1100; ++i) {
    const Detection d = detector().detect(view_of(normal_picture(i)), {});
    anomalous += d.anomalous;
    with_regions += !d.regions.empty();
    p_values += d.p_value / 100;
    EXPECT_EQ(d.anomalous, d.score > d.threshold);
  }
  // 120 frames promise at most 2.5 %.
  EXPECT_LE(anomalous, 7) << "normal pictures are reported";
  EXPECT_LE(with_regions, 7) << "normal pictures show regions";
  EXPECT_NEAR(p_values, 0.5, 0.15) << "p-values of normal pictures are not spread evenly";
}

TEST(Detector, GivesTheMapOnTheGridOfTheFinestLevel) {
  const Detection d = detector().detect(view_of(defect()), {});
  EXPECT_EQ(d.map.height, 8);
  EXPECT_EQ(d.map.width, 8);
  EXPECT_EQ(d.map.values.size(), 64u);
}

TEST(Detector, TakesTheThresholdOfTheModelUnlessTold) {
  const Detection d = detector().detect(view_of(defect()), {});
  EXPECT_EQ(d.threshold, threshold_for(learned().calibration.scores, learned().target_fpr).value);
  EXPECT_EQ(d.map_scale.threshold, learned().calibration.map_scale(0.01).threshold);
}

TEST(Detector, TakesTheThresholdItIsGiven) {
  const Pixels picture = defect();
  const double score = detector().detect(view_of(picture), {}).score;
  DetectSettings settings;
  settings.threshold = score;
  EXPECT_FALSE(detector().detect(view_of(picture), settings).anomalous)
      << "a score at the threshold is not above it";
  settings.threshold = score - 1e-6;
  const Detection d = detector().detect(view_of(picture), settings);
  EXPECT_TRUE(d.anomalous);
  EXPECT_EQ(d.threshold, score - 1e-6);
}

TEST(Detector, KnowsWhatATypicalNormalPictureScores) {
  const double typical = detector().detect(view_of(defect()), {}).typical;
  const auto& scores = learned().calibration.scores;
  EXPECT_EQ(std::count_if(scores.begin(), scores.end(), [&](double s) { return s < typical; }), 60)
      << "half of the 120 held-out pictures score less";
}

TEST(Detection, IsAsSureAsItsScoreIsFarOnTheWayToTheThreshold) {
  Detection d;
  d.typical = 2;
  d.threshold = 6;
  const auto confidence_at = [&](double score) {
    d.score = score;
    return d.confidence();
  };
  EXPECT_EQ(confidence_at(-100), 0);
  EXPECT_EQ(confidence_at(2), 0);
  EXPECT_EQ(confidence_at(4), 0.25);
  EXPECT_EQ(confidence_at(6), 0.5);
  EXPECT_EQ(confidence_at(8), 0.75);
  EXPECT_EQ(confidence_at(10), 1);
  EXPECT_EQ(confidence_at(1000), 1);
}

TEST(Detection, IsSureOfItsVerdictUnderAThresholdThatNormalPicturesExceed) {
  Detection d;
  for (const double typical : {6.0, 7.0}) {
    d.typical = typical;
    d.threshold = 6;
    d.score = 6.5;
    d.anomalous = true;
    EXPECT_EQ(d.confidence(), 1);
    d.score = 5;
    d.anomalous = false;
    EXPECT_EQ(d.confidence(), 0);
  }
}

TEST(MapScale, GivesConfidencesBetweenZeroAndOne) {
  const MapScale scale{2, 6};
  EXPECT_EQ(scale.confidence(1), 0);
  EXPECT_EQ(scale.confidence(6), 0.5);
  EXPECT_EQ(scale.confidence(100), 1);
}

TEST(Detector, LowersTheThresholdsForAHigherRate) {
  DetectSettings settings;
  settings.target_fpr = 0.3;
  const Detection strict = detector().detect(view_of(defect()), {});
  const Detection lenient = detector().detect(view_of(defect()), settings);
  EXPECT_EQ(lenient.threshold, threshold_for(learned().calibration.scores, 0.3).value);
  EXPECT_LT(lenient.threshold, strict.threshold);
  EXPECT_LT(lenient.map_scale.threshold, strict.map_scale.threshold)
      << "the map keeps the rate as well";
  settings.threshold = 17;
  EXPECT_EQ(detector().detect(view_of(defect()), settings).threshold, 17)
      << "a threshold that is given comes before a rate";
}

TEST(Detector, MovesBoxesIntoTheRegionOfInterest) {
  DetectSettings settings;
  settings.roi = {0.5, 0.25, 0.4, 0.2};
  const Detection whole = detector().detect(view_of(defect()), {});
  const Detection part = detector().detect(view_of(defect()), settings);
  ASSERT_EQ(whole.regions.size(), 1u);
  ASSERT_EQ(part.regions.size(), 1u);
  const Box& from = whole.regions[0].box;
  const Box& to = part.regions[0].box;
  EXPECT_DOUBLE_EQ(to.x, 0.5 + 0.4 * from.x);
  EXPECT_DOUBLE_EQ(to.y, 0.25 + 0.2 * from.y);
  EXPECT_DOUBLE_EQ(to.width, 0.4 * from.width);
  EXPECT_DOUBLE_EQ(to.height, 0.2 * from.height);
  EXPECT_DOUBLE_EQ(part.regions[0].area, 0.08 * whole.regions[0].area)
      << "areas are shares of the whole frame";
  EXPECT_EQ(part.roi, settings.roi);
  EXPECT_EQ(part.score, whole.score);
}

TEST(Detector, GivesNoMoreRegionsThanAskedFor) {
  Pixels pixels = normal_picture(500);
  test::paint_square(pixels, 28, 1, 3);
  test::paint_square(pixels, 1, 28, 3);
  EXPECT_EQ(detector().detect(view_of(pixels), {}).regions.size(), 2u);
  DetectSettings settings;
  settings.max_regions = 1;
  EXPECT_EQ(detector().detect(view_of(pixels), settings).regions.size(), 1u);
}

TEST(Detector, SaysTheSameWithAModelThatWasSavedAndLoaded) {
  const Detector again(std::make_shared<FakeBackbone>(),
                       parse_model(serialise_model(learned()), "model"));
  const Detection before = detector().detect(view_of(defect()), {});
  const Detection after = again.detect(view_of(defect()), {});
  EXPECT_EQ(after.score, before.score);
  EXPECT_EQ(after.threshold, before.threshold);
  EXPECT_EQ(after.map.values, before.map.values);
}

TEST(Detector, SaysTheSameFromSeveralThreads) {
  const Pixels picture = defect();
  const double expected = detector().detect(view_of(picture), {}).score;
  std::vector<double> scores(4);
  std::vector<std::thread> threads;
  for (double& score : scores)
    threads.emplace_back([&] { score = detector().detect(view_of(picture), {}).score; });
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(scores, std::vector<double>(4, expected));
}

TEST(Detector, TellsWhereTheTimeWent) {
  StageTimes times{-1, -1};
  detector().detect(view_of(defect()), {}, &times);
  EXPECT_GT(times.backbone, 0);
  EXPECT_GT(times.scoring, 0);
}

TEST(Detector, RefusesAModelOfAnotherBackbone) {
  const std::string text = refusal([](BackboneInfo& b) { b.architecture = "resnet18"; });
  EXPECT_NE(text.find("fake"), std::string::npos) << text;
  EXPECT_NE(text.find("resnet18"), std::string::npos) << "both must be named: " << text;
}

TEST(Detector, RefusesAModelOfAnotherWeightsFile) {
  const std::string text =
      refusal([](BackboneInfo& b) { b.weights_sha256 = std::string(64, 'b'); });
  EXPECT_NE(text.find("/weights/fake.safetensors"), std::string::npos) << "which file? " << text;
  EXPECT_NE(text.find("'weights'"), std::string::npos) << "what to do? " << text;
}

TEST(Detector, RefusesAModelOfAnotherLevelShape) {
  refusal([](BackboneInfo& b) { b.levels[1].channels = 13; });
  refusal([](BackboneInfo& b) { b.levels[0].height = 16; });
  refusal([](BackboneInfo& b) { b.levels[0].width = 16; });
  refusal([](BackboneInfo& b) { b.levels[1].level = 3; });
}

TEST(Detector, RefusesAModelOfAnotherNumberOfLevels) {
  refusal([](BackboneInfo& b) { b.levels.pop_back(); });
  refusal([](BackboneInfo& b) { b.levels.push_back({3, 4, 2, 2}); });
  refusal([](BackboneInfo&) {}, [](Model& m) { m.levels.clear(); });
}

// 380 and 384 pixels give the same grids, but not the same features.
TEST(Detector, RefusesAModelOfAnotherInputSize) {
  refusal([](BackboneInfo&) {}, [](Model& m) { m.input_size = 30; });
}

TEST(Detector, KnowsHowToOpenTheBackboneOfAModel) {
  const BackboneSettings settings = backbone_settings_for(learned());
  EXPECT_EQ(settings.architecture, "fake");
  EXPECT_EQ(settings.levels, (std::vector<int>{1, 2}));
  EXPECT_EQ(settings.input_size, 32);
}

}  // namespace
}  // namespace mvga
