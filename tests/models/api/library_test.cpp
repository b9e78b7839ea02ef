// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The library as programs of others see it, beside what stands behind it: this program has its own
// copy of that.

#include <gtest/gtest.h>
#include <mvga/mvga.h>

#include <fstream>
#include <iterator>
#include <string>

#include "core/files/model_file.h"
#include "core/learning/learner.h"
#include "core/scoring/detector.h"
#include "models/open_backbone.h"
#include "tests/models/api/own_image.h"
#include "tests/models/api/small_library.h"
#include "tests/models/temporary_folder.h"

namespace mvga::testing {
namespace {

RgbView view_of(const OwnImage& image) {
  return {image.pixels.data(), image.width, image.height, std::ptrdiff_t{3} * image.width};
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void expect_same(const v1::Result& result, const Detection& detection) {
  EXPECT_EQ(result.score(), detection.score);
  EXPECT_EQ(result.threshold(), detection.threshold);
  EXPECT_EQ(result.p_value(), detection.p_value);
  EXPECT_EQ(result.anomalous(), detection.anomalous);
  EXPECT_EQ(result.confidence(), detection.confidence());
  EXPECT_EQ(result.map().values, detection.map.values);
  EXPECT_EQ(result.map().normal, detection.map_scale.normal);
  EXPECT_EQ(result.map().threshold, detection.map_scale.threshold);
  ASSERT_EQ(result.regions().size(), detection.regions.size());
  for (std::size_t i = 0; i < detection.regions.size(); ++i) {
    const v1::Region& region = result.regions()[i];
    const Region& expected = detection.regions[i];
    EXPECT_EQ((Box{region.box.x, region.box.y, region.box.width, region.box.height}), expected.box);
    EXPECT_EQ(region.area, expected.area);
    EXPECT_EQ(region.peak, expected.peak);
    EXPECT_EQ(region.confidence, detection.map_scale.confidence(expected.peak));
  }
}

/// What stands behind the interface, by itself.
struct Inside {
  std::shared_ptr<const Backbone> backbone;
  Model model;
};

Inside learned_inside() {
  BackboneSettings settings;
  settings.architecture = "mvga_small";
  settings.level_set = level_set_for(Profile::calibrated);
  settings.input_size = kSide;
  settings.threads = 1;
  auto backbone = open_backbone(settings);
  Learner learner(backbone, {});
  for (unsigned seed = 0; seed < kImages; ++seed)
    learner.add(view_of(normal_image(kSide, kSide, seed)));
  return {backbone, learner.finish()};
}

TEST(Library, LearnsTheModelThatTheElementsLearn) {
  TemporaryFolder folder;
  learned(small()).learn().save(folder / "library.mvga");
  save_model(learned_inside().model, folder / "inside.mvga");
  EXPECT_EQ(text_of(folder / "library.mvga"), text_of(folder / "inside.mvga"));
}

TEST(Library, SaysWhatTheElementsSayToTheLastBit) {
  TemporaryFolder folder;
  learned(small()).learn().save(folder / "a.mvga");
  const v1::Detector detector(v1::Model::open(folder / "a.mvga"), kOneThread);
  Inside inside = learned_inside();
  const Detector expected(inside.backbone, inside.model);
  for (const OwnImage& image : {normal_image(kSide, kSide, 50), anomalous()})
    expect_same(detector.score(image.image()), expected.detect(view_of(image), {}));

  v1::ScoreSettings settings;
  settings.target_fpr = 0.3;
  settings.max_regions = 1;
  settings.min_region_area = 0.001;
  DetectSettings same;
  same.target_fpr = 0.3;
  same.max_regions = 1;
  same.min_region_area = 0.001;
  expect_same(detector.score(anomalous().image(), settings),
              expected.detect(view_of(anomalous()), same));
}

TEST(Library, TellsWhatIsInAModel) {
  v1::LearnSettings settings = small();
  settings.profile = v1::Profile::paper;
  settings.backbone = "mvga_small";
  settings.target_fpr = 0.25;
  settings.roi = {0.25, 0, 0.5, 1};
  const v1::Learner learner = learned(settings);
  EXPECT_EQ(learner.images(), 12U);
  EXPECT_EQ(learner.input_size(), kSide);
  std::size_t looked_at = 0;
  const v1::Model model = learner.learn([&](std::size_t done, std::size_t total) {
    looked_at = done;
    EXPECT_EQ(total, 12U);
  });
  EXPECT_EQ(looked_at, 12U);
  EXPECT_EQ(model.backbone(), "mvga_small");
  EXPECT_EQ(model.weights_sha256().size(), 64U);
  EXPECT_EQ(model.input_size(), kSide);
  EXPECT_EQ(model.profile(), v1::Profile::paper);
  EXPECT_EQ(model.roi().x, 0.25);
  EXPECT_EQ(model.roi().height, 1);
  EXPECT_EQ(model.images(), 12U);
  EXPECT_EQ(model.held_out(), 12U);
  EXPECT_EQ(model.target_fpr(), 0.25);
  EXPECT_LE(model.promised_fpr(), 0.25) << "12 images support 25 %";
  EXPECT_GT(learned(small()).learn().promised_fpr(), 0.01) << "12 images do not support 1 %";
  EXPECT_EQ(v1::Detector(model, kOneThread).score(anomalous().image()).threshold(),
            model.threshold());
}

TEST(Library, GoesOnLearningAfterAModel) {
  v1::Learner learner = learned(small());
  EXPECT_EQ(learner.learn().images(), 12U);
  learner.add(normal_image(kSide, kSide, 99).image());
  v1::Learner moved = std::move(learner);
  EXPECT_EQ(moved.learn().images(), 13U);
}

}  // namespace
}  // namespace mvga::testing
