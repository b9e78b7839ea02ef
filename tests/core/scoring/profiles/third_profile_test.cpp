// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// One more profile, as a file of its own and a line in the list: the library learns with it, scores
// with it, and keeps it in model files.

#include "tests/core/scoring/profiles/third_profile.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/files/model_file.h"
#include "core/learning/learner.h"
#include "core/scoring/detector.h"
#include "core/scoring/map_grid.h"
#include "tests/core/files/forgery.h"
#include "tests/core/learning/fake_backbone.h"
#include "tests/core/scoring/profiles/list_of_three.h"

namespace mvga {
namespace {

using test::FakeBackbone;
using test::kThird;
using test::normal_picture;
using test::Pixels;
using test::view_of;

Model learned(Profile profile) {
  FitSettings settings;
  settings.profile = profile;
  Learner learner(std::make_shared<FakeBackbone>(), settings);
  for (unsigned i = 0; i < 40; ++i) learner.add(view_of(normal_picture(i)));
  return learner.finish();
}

Pixels defect() {
  Pixels pixels = normal_picture(500);
  test::paint_square(pixels, 20, 4, 8);
  return pixels;
}

Detection detected_by(const Model& model) {
  return Detector(std::make_shared<FakeBackbone>(), model).detect(view_of(defect()), {});
}

TEST(ThirdProfile, IsFoundByItsName) {
  EXPECT_EQ(profile_from("third"), kThird);
  EXPECT_EQ(name_of(kThird), "third");
  EXPECT_EQ(unit_of(kThird), "normal images");
  EXPECT_EQ(profile_names(), (std::vector<std::string>{"calibrated", "paper", "third"}));
  try {
    profile_from("fourth");
    FAIL() << "there is no such profile";
  } catch (const Error& e) {
    EXPECT_STREQ(e.what(), "unknown profile 'fourth': use calibrated, paper or third");
  }
}

TEST(ThirdProfile, ChoosesWhatSuitsIt) {
  EXPECT_EQ(backbone_for(kThird, "", ""), "resnet18");
  EXPECT_EQ(level_set_for(kThird), LevelSet::published);
  EXPECT_EQ(map_grid(FakeBackbone().info(), kThird), (GridSize{4, 4}))
      << "the map is of the coarsest level";
}

TEST(ThirdProfile, IsLearnedAndScoredInItsOwnWay) {
  const Model model = learned(kThird);
  EXPECT_EQ(model.levels[0].image.kept(), 6) << "keeps all components of the average vectors";
  EXPECT_EQ(model.calibration.map_levels, std::vector<int>{1});
  double sum = 0;
  for (const double score : model.calibration.scores) sum += score;
  EXPECT_NEAR(sum / static_cast<double>(model.calibration.scores.size()), 1, 1e-9)
      << "scores are no multiples of the average normal image's";
  const Detection d = detected_by(model);
  EXPECT_GT(d.score, model.calibration.scores.back());
  EXPECT_EQ(d.map.width, 4) << "the map is of the coarsest level";
}

TEST(ThirdProfile, IsKeptInModelFiles) {
  const Model model = learned(kThird);
  const std::vector<std::byte> bytes = serialise_model(model);
  const Model found = parse_model(bytes, "line1.mvga");
  EXPECT_EQ(found.calibration.profile, kThird);
  EXPECT_TRUE(serialise_model(found) == bytes) << "loading and saving changes the file";
  const Detection before = detected_by(model);
  const Detection after = detected_by(found);
  EXPECT_EQ(after.score, before.score);
  EXPECT_EQ(after.map.values, before.map.values);
}

TEST(ThirdProfile, ReadsItsOwnFieldsWithSuspicion) {
  test::Forgery forgery(SafetensorsFile::parse(serialise_model(learned(kThird)), "model"));
  forgery.set("calibration.third", 0, -1.0);
  try {
    parse_model(forgery.bytes(), "line1.mvga");
    FAIL() << "a negative distance was accepted";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::unreadable);
    EXPECT_NE(std::string(e.what()).find("calibration.third"), std::string::npos) << e.what();
  }
}

// What every profile owes the rest of the library, whichever there are.
class EveryProfile : public testing::TestWithParam<Profile> {};

TEST_P(EveryProfile, SaysTheSameAfterARoundTripThroughAFile) {
  const Model model = learned(GetParam());
  const Model found = parse_model(serialise_model(model), "line1.mvga");
  const Detection before = detected_by(model);
  const Detection after = detected_by(found);
  EXPECT_EQ(after.score, before.score);
  EXPECT_EQ(after.map.values, before.map.values);
  EXPECT_EQ((GridSize{after.map.width, after.map.height}), map_grid(found))
      << "heat maps are sized before there is a map";
}

std::vector<Profile> all_profiles() {
  std::vector<Profile> all;
  for (const ListedProfile& p : profiles()) all.push_back(p.profile);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Listed, EveryProfile, testing::ValuesIn(all_profiles()),
                         [](const auto& info) { return std::string(name_of(info.param)); });

}  // namespace
}  // namespace mvga
