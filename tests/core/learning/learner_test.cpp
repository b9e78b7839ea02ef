// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/learner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/features/average_vector.h"
#include "core/files/model_file.h"
#include "core/gaussian/image_gaussian.h"
#include "core/gaussian/place_moments.h"
#include "core/light/camera_changes.h"
#include "core/light/light_changes.h"
#include "core/light/light_range.h"
#include "core/light/tones.h"
#include "core/scoring/detector.h"
#include "core/scoring/evidence.h"
#include "tests/core/learning/fake_backbone.h"

namespace mvga {
namespace {

using test::FakeBackbone;
using test::normal_picture;
using test::normal_pictures;
using test::Pixels;
using test::view_of;

void learn(Learner& learner, const std::vector<Pixels>& pictures) {
  for (const Pixels& p : pictures) learner.add(view_of(p));
}

/// Every picture once, as it is.
FitSettings as_they_are() {
  FitSettings settings;
  settings.light = 0;
  return settings;
}

Model model_of(const std::vector<Pixels>& pictures, const FitSettings& settings = as_they_are()) {
  Learner learner(std::make_shared<FakeBackbone>(), settings);
  learn(learner, pictures);
  return learner.finish();
}

// The same Gaussians from all pictures but those from `begin` to `end`, without groups.
std::vector<LevelModel> fitted_without(const std::vector<Pixels>& pictures, std::size_t begin,
                                       std::size_t end, Profile profile) {
  const FakeBackbone backbone;
  const Reduction reduction{ReductionKind::opposite_pca, 0.05};
  std::vector<LevelModel> models;
  for (std::size_t l = 0; l < backbone.info().levels.size(); ++l) {
    const LevelShape shape = backbone.info().levels[l];
    Moments image(shape.channels);
    Moments pixel(shape.channels);
    PlaceMoments places(shape.height, shape.width, shape.channels);
    VectorSample images(shape.channels, 100000);
    VectorSample pixels(shape.channels, 100000);
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      if (i >= begin && i < end) continue;
      const FeatureMap features = backbone.extract(view_of(pictures[i]))[l];
      const std::vector<float> average = average_vector(features);
      image.add(average.data(), 1);
      images.add(average.data(), 1, 0);
      pixel.add(features.values.get(), features.positions());
      pixels.add(features.values.get(), features.positions(), 0);
      places.add(features.values.get());
    }
    const AboutPlaces about =
        profile == Profile::calibrated ? about_places(pixel, places) : AboutPlaces{pixel, {}};
    models.push_back({shape,
                      profile == Profile::calibrated_0_1 ? fit_image_gaussian(image, images, pixel)
                                                         : fit_gaussian(image, images, reduction),
                      fit_gaussian(about.moments, pixels, reduction), about.means});
  }
  return models;
}

Evidence evidence_of(const Pixels& picture, const std::vector<LevelModel>& levels) {
  return gather_evidence(FakeBackbone().extract(view_of(picture)), gaussians_of(levels));
}

std::string failure_of(const std::vector<Pixels>& pictures) {
  try {
    model_of(pictures);
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::too_few);
    return e.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

TEST(Learner, DescribesWhatItLearnedFrom) {
  FitSettings settings;
  settings.profile = Profile::paper;
  settings.reduction = Reduction{ReductionKind::pca, 0.9};
  settings.target_fpr = 0.05;
  settings.roi = {0.1, 0.2, 0.3, 0.4};
  const Model model = model_of(normal_pictures(12), settings);
  EXPECT_EQ(model.architecture, "fake");
  EXPECT_EQ(model.weights_sha256, std::string(64, 'a'));
  EXPECT_EQ(model.input_size, 32);
  EXPECT_EQ(model.level_indexes(), (std::vector<int>{1, 2}));
  EXPECT_EQ(model.calibration.profile, Profile::paper);
  EXPECT_EQ(model.reduction, *settings.reduction);
  EXPECT_EQ(model.target_fpr, 0.05);
  EXPECT_EQ(model.roi, settings.roi);
  EXPECT_EQ(model.frames, 12u);
  EXPECT_EQ(model.held_out, 12u);
  EXPECT_EQ(model.independent, 12u);
}

TEST(Learner, ReducesAsSuitsTheBackboneUnlessTold) {
  EXPECT_EQ(model_of(normal_pictures(8)).reduction, (Reduction{ReductionKind::opposite_pca, 0.05}));
  auto backbone = std::make_shared<FakeBackbone>();
  backbone->change().reduction = DefaultReduction::none;
  Learner learner(backbone, {});
  learn(learner, normal_pictures(8));
  const Model model = learner.finish();
  EXPECT_EQ(model.reduction.kind, ReductionKind::none);
  EXPECT_EQ(model.levels[1].pixel.kept(), 12) << "all components, as the paper keeps for ResNet";
}

// From the ninth picture on, groups are merged; none may be lost or counted twice.
TEST(Learner, FitsAllPicturesHoweverManyGroupsTheyMade) {
  for (const auto& [count, profile] :
       std::vector<std::pair<int, Profile>>{{4, Profile::calibrated},
                                            {8, Profile::calibrated_0_1},
                                            {9, Profile::calibrated},
                                            {15, Profile::calibrated_0_1},
                                            {17, Profile::paper},
                                            {40, Profile::calibrated},
                                            {65, Profile::calibrated}}) {
    const std::vector<Pixels> pictures = normal_pictures(count);
    FitSettings settings = as_they_are();
    settings.profile = profile;
    const Model model = model_of(pictures, settings);
    EXPECT_EQ(model.frames, static_cast<std::uint64_t>(count));
    EXPECT_EQ(model.held_out, static_cast<std::uint64_t>(count))
        << "every picture can be looked at again when there are so few";
    EXPECT_EQ(model.calibration.scores.size(), model.held_out);

    const std::vector<LevelModel> expected = fitted_without(pictures, 0, 0, profile);
    const Pixels other = normal_picture(1000);
    const Evidence found = evidence_of(other, model.levels);
    const Evidence wanted = evidence_of(other, expected);
    for (std::size_t l = 0; l < 2; ++l) {
      EXPECT_NEAR(model.levels[l].pixel.shrinkage, expected[l].pixel.shrinkage, 1e-9);
      EXPECT_NEAR(found.image_distances[l] / wanted.image_distances[l], 1, 1e-4)
          << count << " pictures, level " << l;
      for (std::size_t i = 0; i < wanted.maps[l].values.size(); ++i)
        EXPECT_NEAR(found.maps[l].values[i] / wanted.maps[l].values[i], 1, 1e-4)
            << count << " pictures, level " << l << ", position " << i;
    }
  }
}

// Groups of one picture up to 8, of two up to 16, of four up to 32.
TEST(Learner, ShrinksExactlyWhileAllPicturesAreStoredThoughTheSampleIsFull) {
  const std::vector<Pixels> pictures = normal_pictures(600);  // 38,400 vectors of level 1
  FitSettings settings = as_they_are();
  settings.target_fpr = 0.001;  // keeps up to 2,995 pictures
  const Model model = model_of(pictures, settings);
  const std::vector<LevelModel> expected = fitted_without(pictures, 0, 0, Profile::calibrated);
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(model.levels[i].pixel.shrinkage, expected[i].pixel.shrinkage,
                1e-9 * expected[i].pixel.shrinkage)
        << "the shrinkage of level " << i << " is that of a sample";
}

TEST(Learner, ScoresHeldOutPicturesByGaussiansOfTheOtherGroups) {
  for (const auto& [count, group_size] :
       std::vector<std::pair<std::size_t, std::size_t>>{{5, 1}, {8, 1}, {9, 2}, {20, 4}}) {
    const std::vector<Pixels> pictures = normal_pictures(static_cast<int>(count));
    FitSettings settings;
    settings.profile = Profile::paper;  // scores are the plain sum of squared distances
    std::vector<double> expected;
    std::vector<double> expected_peaks;
    for (std::size_t first = 0; first < count; first += group_size) {
      const auto gaussians = fitted_without(pictures, first, first + group_size, settings.profile);
      for (std::size_t i = first; i < std::min(first + group_size, count); ++i) {
        const Evidence e = evidence_of(pictures[i], gaussians);
        expected.push_back(e.image_distances[0] + e.image_distances[1]);
        expected_peaks.push_back(maximum(fuse(e.maps, std::vector<LevelScale>(2), 8, 8)));
      }
    }
    std::sort(expected.begin(), expected.end());
    std::sort(expected_peaks.begin(), expected_peaks.end());
    const Calibration found = model_of(pictures, settings).calibration;
    ASSERT_EQ(found.scores.size(), expected.size());
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_NEAR(found.peaks[i] / expected_peaks[i], 1, 1e-4) << count << " pictures, map";
      EXPECT_NEAR(found.scores[i] / expected[i], 1, 1e-4)
          << count << " pictures: a held-out picture was scored by Gaussians that have seen it, "
          << "and thresholds would be too low";
    }
  }
}

// ---- copies

TEST(Learner, CountsAPictureOnceHoweverOftenItComes) {
  std::vector<Pixels> pictures;
  for (int pass = 0; pass < 4; ++pass)
    for (const Pixels& p : normal_pictures(16)) pictures.push_back(p);
  const Model model = model_of(pictures);
  EXPECT_EQ(model.frames, 64U);
  EXPECT_EQ(model.held_out, 64U);
  EXPECT_EQ(model.independent, 16U);
  EXPECT_EQ(model.calibration.scores.size(), 16U) << "what is promised counts copies";
  EXPECT_EQ(model.calibration.peaks.size(), 16U);
  EXPECT_EQ(model_of(normal_pictures(64)).independent, 64U);
}

TEST(Learner, LeavesOutAllCopiesOfAPictureTogether) {
  std::vector<Pixels> pictures = normal_pictures(20);
  const std::vector<Pixels> once = pictures;
  pictures.insert(pictures.end(), once.begin(), once.end());
  std::vector<Pixels> side_by_side;
  for (const Pixels& p : once) side_by_side.insert(side_by_side.end(), 2, p);
  FitSettings settings;
  settings.profile = Profile::paper;
  std::vector<double> expected;
  std::size_t first = 0;
  for (const std::size_t size : {3U, 2U, 3U, 2U, 3U, 2U, 3U, 2U}) {  // whole pictures, of 20 in 8
    const auto gaussians =
        fitted_without(side_by_side, 2 * first, 2 * (first + size), settings.profile);
    for (std::size_t i = first; i < first + size; ++i) {
      const Evidence e = evidence_of(once[i], gaussians);
      expected.push_back(e.image_distances[0] + e.image_distances[1]);
    }
    first += size;
  }
  std::sort(expected.begin(), expected.end());
  const std::vector<double> found = model_of(pictures, settings).calibration.scores;
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    EXPECT_NEAR(found[i] / expected[i], 1, 1e-4)
        << "a held-out picture was scored by Gaussians that have seen its copy";
}

TEST(Learner, TellsOfAllThatItLooksAtWhenGroupsAreMadeAnew) {
  std::vector<Pixels> pictures = normal_pictures(10);
  for (const Pixels& p : normal_pictures(10)) pictures.push_back(p);
  Learner learner(std::make_shared<FakeBackbone>(), {});
  learn(learner, pictures);
  std::vector<std::size_t> done;
  learner.finish([&](std::size_t d, std::size_t total) {
    done.push_back(d);
    EXPECT_EQ(total, 20U);
  });
  EXPECT_EQ(done.size(), 40U);
  EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
  EXPECT_EQ(done.back(), 20U);
}

TEST(Learner, LooksAtABoundedNumberOfPicturesAgain) {
  auto backbone = std::make_shared<FakeBackbone>();
  Learner learner(backbone, as_they_are());
  learn(learner, normal_pictures(350));
  EXPECT_EQ(backbone->extracted, 350) << "one pass over the data";
  const Model model = learner.finish();
  EXPECT_EQ(backbone->extracted, 650) << "time and disk at the end grow with the video";
  EXPECT_EQ(model.held_out, 300u);
  EXPECT_EQ(model.frames, 350u);
  EXPECT_EQ(model.calibration.scores.size(), 300u);
}

TEST(Learner, KeepsEnoughPicturesForTheRateAskedFor) {
  FitSettings settings;
  settings.target_fpr = 0.008;  // takes 373
  EXPECT_EQ(model_of(normal_pictures(400), settings).held_out, 373u)
      << "a rate that the frames could support was not supported";
}

TEST(Learner, GivesTheSameModelForTheSamePictures) {
  const std::vector<Pixels> pictures = normal_pictures(30);
  EXPECT_TRUE(serialise_model(model_of(pictures)) == serialise_model(model_of(pictures)))
      << "a model cannot be made again";
}

TEST(Learner, CanFinishTwiceAndGoOn) {
  const std::vector<Pixels> pictures = normal_pictures(21);
  const std::vector<Pixels> first(pictures.begin(), pictures.begin() + 13);
  Learner learner(std::make_shared<FakeBackbone>(), as_they_are());
  learn(learner, first);
  const auto once = serialise_model(learner.finish());
  EXPECT_TRUE(serialise_model(learner.finish()) == once) << "finishing changes the learner";
  learn(learner, {pictures.begin() + 13, pictures.end()});
  EXPECT_EQ(learner.frames(), 21u);
  EXPECT_TRUE(serialise_model(learner.finish()) == serialise_model(model_of(pictures)))
      << "a model saved half-way disturbs what is learned afterwards";
}

TEST(Learner, ReportsEveryPictureOfTheCalibration) {
  Learner learner(std::make_shared<FakeBackbone>(), {});
  learn(learner, normal_pictures(10));
  std::vector<std::size_t> done;
  learner.finish([&](std::size_t d, std::size_t total) {
    done.push_back(d);
    EXPECT_EQ(total, 10u);
  });
  EXPECT_EQ(done, (std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
}

TEST(Learner, UsesTheLevelsThatLocaliseBestForTheMap) {
  auto backbone = std::make_shared<FakeBackbone>();
  backbone->change().map_levels = {2};
  Learner learner(backbone, {});
  learn(learner, normal_pictures(8));
  EXPECT_EQ(learner.finish().calibration.map_levels, std::vector<int>{1})
      << "the index of level 2 among the levels";
}

TEST(Learner, UsesAllLevelsForTheMapWhenNoneOfTheBestIsThere) {
  auto backbone = std::make_shared<FakeBackbone>();
  backbone->change().map_levels = {5};
  Learner learner(backbone, {});
  learn(learner, normal_pictures(8));
  EXPECT_EQ(learner.finish().calibration.map_levels, (std::vector<int>{0, 1}))
      << "a map of no level at all is not a number";
}

// ---- another day ---

TEST(Learner, LearnsOneInFourAsOnAnotherDayToo) {
  auto backbone = std::make_shared<FakeBackbone>();
  Learner learner(backbone, {});
  const std::vector<Pixels> pictures = normal_pictures(60);
  learn(learner, pictures);
  int changed = 0;
  for (const Pixels& p : pictures) changed += on_another_day(view_of(p)) ? 1 : 0;
  EXPECT_GT(changed, 5);
  EXPECT_LT(changed, 25);
  EXPECT_EQ(backbone->extracted, 60 + changed);
  EXPECT_EQ(learner.statistics().images(), 60 + changed);
  const Model model = learner.finish();
  EXPECT_EQ(backbone->extracted, 120 + changed) << "pictures are judged as they are";
  EXPECT_EQ(model.frames, 60U);
  EXPECT_EQ(model.held_out, 60U);
  EXPECT_EQ(model.light, 0);
}

TEST(Learner, NotesTheLightOfThePictures) {
  const std::vector<Pixels> pictures = normal_pictures(40);
  std::vector<Tones> tones;
  for (const Pixels& p : pictures) tones.push_back(tones_of(view_of(p)));
  const LightRange found = model_of(pictures, {}).lights;
  const LightRange wanted = light_range(tones);
  for (std::size_t i = 0; i < found.low.size(); ++i) {
    EXPECT_NEAR(found.low[i], wanted.low[i], 1e-9);  // added up in another order
    EXPECT_NEAR(found.high[i], wanted.high[i], 1e-9);
  }
  EXPECT_TRUE(model_of(pictures).lights.empty()) << "light=0 leaves the light as it is";
  FitSettings paper;
  paper.profile = Profile::paper;
  EXPECT_TRUE(model_of(pictures, paper).lights.empty()) << "the paper knows nothing of it";
}

// ---- other light --------------------------------------------------------------------------------

FitSettings with_light(double light) {
  FitSettings settings;
  settings.light = light;
  return settings;
}

TEST(Learner, LearnsEveryPictureInThreeLightsAndCountsItOnce) {
  auto backbone = std::make_shared<FakeBackbone>();
  Learner learner(backbone, with_light(0.2));
  learn(learner, normal_pictures(12));
  EXPECT_EQ(backbone->extracted, 36);
  EXPECT_EQ(learner.frames(), 12u);
  EXPECT_EQ(learner.statistics().store.size(), 12u) << "copies take the place of pictures";
  const Model model = learner.finish();
  EXPECT_EQ(backbone->extracted, 48) << "a stored picture is one witness, in one light";
  EXPECT_EQ(model.frames, 12u);
  EXPECT_EQ(model.held_out, 12u);
  EXPECT_EQ(model.light, 0.2);
}

TEST(Learner, LearnsTheVectorsOfTheOtherLights) {
  const FakeBackbone backbone;
  const std::vector<Pixels> pictures = normal_pictures(5);
  Learner learner(std::make_shared<FakeBackbone>(), with_light(0.3));
  learn(learner, pictures);
  Moments expected(6);
  for (const Pixels& picture : pictures) {
    std::vector<Levels> views{backbone.extract(view_of(picture))};
    for (const Light& light : other_lights(view_of(picture), 0.3))
      views.push_back(backbone.extract(in_light(view_of(picture), light).view()));
    for (const Levels& levels : views) expected.add(levels[0].values.get(), levels[0].positions());
  }
  Moments found(6);
  for (const FrameGroup& group : learner.statistics().groups) found.merge(group.levels[0].pixel);
  EXPECT_EQ(found.count(), expected.count());
  EXPECT_TRUE(found.mean().isApprox(expected.mean(), 1e-9));
  EXPECT_TRUE(found.scatter().isApprox(expected.scatter(), 1e-9));
}

TEST(Learner, LearnsTheSameWhateverLightZeroIsCalled) {
  const std::vector<Pixels> pictures = normal_pictures(20);
  EXPECT_TRUE(serialise_model(model_of(pictures, with_light(0))) ==
              serialise_model(model_of(pictures)));
  const Model lit = model_of(pictures, with_light(0.2));
  EXPECT_EQ(parse_model(serialise_model(lit), "lit").light, 0.2) << "the file does not say so";
}

std::size_t alarms_in_light(const Model& model, const Light& light) {
  const Detector detector(std::make_shared<FakeBackbone>(), model);
  std::size_t alarms = 0;
  for (unsigned seed = 500; seed < 540; ++seed) {
    const Pixels picture = normal_picture(seed);
    if (detector.detect(in_light(view_of(picture), light).view(), {}).anomalous) ++alarms;
  }
  return alarms;
}

// The normal pictures themselves differ in brightness, so it takes more of that.
TEST(Learner, ToleratesLightThatItLearned) {
  const std::vector<Pixels> pictures = normal_pictures(80);
  const Model plain = model_of(pictures);
  const Model prepared = model_of(pictures, with_light(0.5));
  for (const Light& light : {Light{1.3, 0}, Light{1, 0.15}, Light{1, -0.15}}) {
    EXPECT_GT(alarms_in_light(plain, light), 12u) << "this light is no challenge";
    EXPECT_LE(alarms_in_light(prepared, light), 6u)
        << "brightness " << light.brightness << ", cast " << light.cast;
  }
}

TEST(Learner, RefusesTooFewPictures) {
  for (const int count : {0, 1, 3}) {
    const std::string text = failure_of(normal_pictures(count));
    EXPECT_NE(text.find(std::to_string(count)), std::string::npos) << "how many? " << text;
    EXPECT_NE(text.find("at least 4"), std::string::npos) << "how many are needed? " << text;
  }
  EXPECT_NO_THROW(model_of(normal_pictures(4)));
}

TEST(Learner, RefusesAStillPicture) {
  const std::string text = failure_of(std::vector<Pixels>(20, normal_picture(7)));
  EXPECT_NE(text.find("20"), std::string::npos) << text;
  EXPECT_NE(text.find("hardly differ"), std::string::npos) << "what is wrong? " << text;
  EXPECT_NE(text.find("frozen camera"), std::string::npos) << "what may be the cause? " << text;
}

TEST(Learner, RefusesPicturesOfOneColour) {
  failure_of(std::vector<Pixels>(20, Pixels(3 * 32 * 32, 128)));
}

}  // namespace
}  // namespace mvga
