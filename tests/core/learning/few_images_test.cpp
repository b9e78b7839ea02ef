// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Models of one to three images.

#include "core/learning/few_images.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/features/average_vector.h"
#include "core/files/model_file.h"
#include "core/learning/learner.h"
#include "core/learning/other_views.h"
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

FitSettings for_few() {
  FitSettings settings;
  settings.fewest = 1;
  return settings;
}

Model model_of_few(const std::vector<Pixels>& pictures, const FitSettings& settings = for_few()) {
  Learner learner(std::make_shared<FakeBackbone>(), settings);
  for (const Pixels& picture : pictures) learner.add(view_of(picture));
  return learner.finish();
}

TEST(FewImages, GiveAModelThatPromisesNothing) {
  for (const unsigned count : {1U, 2U, 3U}) {
    const Model model = model_of_few(normal_pictures(count));
    EXPECT_EQ(model.frames, count);
    EXPECT_EQ(model.independent, count);
    EXPECT_EQ(model.held_out, count == 1 ? 0U : count);
    EXPECT_EQ(model.calibration.scores.size(), count) << "views count as witnesses";
    EXPECT_EQ(model.views, kFewViews);
    EXPECT_FALSE(model.promises);
    const Threshold threshold = promised_threshold(model, 0.5);
    EXPECT_EQ(threshold.value, model.calibration.scores.back());
    EXPECT_EQ(threshold.rate, 1);
    EXPECT_NE(warning_of_promise(model, "few.mvga").find("few.mvga: was learned from"),
              std::string::npos);
  }
  const Model four = model_of_few(normal_pictures(4));
  EXPECT_TRUE(four.promises);
  EXPECT_EQ(four.views, Views::none) << "four can be held out from each other";
  EXPECT_EQ(warning_of_promise(four, "few.mvga"), "");
}

TEST(FewImages, SayInTheFileThatTheyPromiseNothing) {
  const Model model = model_of_few(normal_pictures(2));
  const Model read = parse_model(serialise_model(model), "few");
  EXPECT_FALSE(read.promises);
  EXPECT_EQ(read.views, Views::moved);
  EXPECT_TRUE(serialise_model(read) == serialise_model(model));
  EXPECT_TRUE(parse_model(serialise_model(model_of_few(normal_pictures(4))), "four").promises);
}

TEST(FewImages, AreRefusedUnlessTheyAreAskedFor) {
  EXPECT_THROW(model_of_few(normal_pictures(3), {}), Error);
  FitSettings without_views = for_few();
  without_views.views = Views::none;
  try {
    model_of_few(normal_pictures(3), without_views);
    FAIL() << "one view of an image has no spread";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::settings);
  }
  EXPECT_THROW(model_of_few({}), Error);
}

/// The sum over the levels of the squared distances of average vectors (profile `paper`).
std::vector<LevelGaussians> gaussians_of_views(const std::vector<Pixels>& pictures) {
  const FakeBackbone backbone;
  const Reduction reduction{ReductionKind::opposite_pca, 0.05};
  std::vector<LevelGaussians> gaussians;
  for (std::size_t l = 0; l < backbone.info().levels.size(); ++l) {
    const int channels = backbone.info().levels[l].channels;
    Moments image(channels);
    Moments pixel(channels);
    VectorSample images(channels, 100000);
    VectorSample pixels(channels, 100000);
    for (const Pixels& picture : pictures) {
      std::vector<Levels> views{backbone.extract(view_of(picture))};
      for (const RgbImage& other : other_views(view_of(picture), Views::moved))
        views.push_back(backbone.extract(other.view()));
      for (const Levels& levels : views) {
        const std::vector<float> average = average_vector(levels[l]);
        image.add(average.data(), 1);
        images.add(average.data(), 1, 0);
        pixel.add(levels[l].values.get(), levels[l].positions());
        pixels.add(levels[l].values.get(), levels[l].positions(), 0);
      }
    }
    gaussians.push_back({MahalanobisDistance(fit_gaussian(image, images, reduction)),
                         MahalanobisDistance(fit_gaussian(pixel, pixels, reduction))});
  }
  return gaussians;
}

double score_of(const RgbView& image, const std::vector<LevelGaussians>& gaussians) {
  const Evidence e = gather_evidence(FakeBackbone().extract(image), gaussians);
  return e.image_distances[0] + e.image_distances[1];
}

TEST(FewImages, AreScoredByGaussiansOfTheOthers) {
  const std::vector<Pixels> pictures = normal_pictures(3);
  FitSettings settings = for_few();
  settings.profile = Profile::paper;
  std::vector<double> expected;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    std::vector<Pixels> others = pictures;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    const auto gaussians = gaussians_of_views(others);
    double largest = score_of(view_of(pictures[i]), gaussians);
    for (const RgbImage& view : other_views(view_of(pictures[i]), Views::moved))
      largest = std::max(largest, score_of(view.view(), gaussians));
    expected.push_back(largest);
  }
  std::sort(expected.begin(), expected.end());
  const Model model = model_of_few(pictures, settings);
  ASSERT_EQ(model.calibration.scores.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(model.calibration.scores[i] / expected[i], 1, 1e-4)
        << "a view was scored by Gaussians that have seen its picture";
  const Pixels other = normal_picture(1000);
  EXPECT_NEAR(Detector(std::make_shared<FakeBackbone>(), model).detect(view_of(other), {}).score /
                  score_of(view_of(other), gaussians_of_views(pictures)),
              1, 1e-4)
      << "the model is not of all views of all pictures";
}

TEST(FewImages, CountCopiesOnce) {
  const Model model = model_of_few({normal_picture(7), normal_picture(7)});
  EXPECT_EQ(model.frames, 2U);
  EXPECT_EQ(model.independent, 1U);
  EXPECT_EQ(model.held_out, 0U) << "a copy is no witness";
  EXPECT_EQ(model.calibration.scores.size(), 1U);
}

TEST(FewImages, ShowADefectByTheHigherScore) {
  for (const unsigned count : {1U, 2U, 3U}) {
    const Detector detector(std::make_shared<FakeBackbone>(), model_of_few(normal_pictures(count)));
    for (unsigned seed = 100; seed < 120; ++seed) {
      Pixels picture = normal_picture(seed);
      const Detection normal = detector.detect(view_of(picture), {});
      test::paint_square(picture, 8, 12, 6);
      const Detection defective = detector.detect(view_of(picture), {});
      EXPECT_GT(defective.score, normal.score) << "learned from " << count;
      EXPECT_GT(maximum(defective.map), maximum(normal.map)) << "learned from " << count;
    }
  }
}

TEST(FewImages, TellHowFarTheyAre) {
  Learner learner(std::make_shared<FakeBackbone>(), for_few());
  for (const Pixels& picture : normal_pictures(3)) learner.add(view_of(picture));
  std::vector<std::size_t> done;
  learner.finish([&](std::size_t d, std::size_t total) {
    done.push_back(d);
    EXPECT_EQ(total, 3U);
  });
  EXPECT_EQ(done, (std::vector<std::size_t>{1, 2, 3}));
}

// ---- views of more images

TEST(Learner, LearnsEveryPictureInViewsAndCountsItOnce) {
  auto backbone = std::make_shared<FakeBackbone>();
  FitSettings settings;
  settings.views = Views::turned;
  settings.light = 0;
  Learner learner(backbone, settings);
  for (const Pixels& picture : normal_pictures(12)) learner.add(view_of(picture));
  EXPECT_EQ(backbone->extracted, 12 * 16);
  EXPECT_EQ(learner.frames(), 12U);
  const Model model = learner.finish();
  EXPECT_EQ(backbone->extracted, 12 * 17) << "a stored picture is one witness, as it lies";
  EXPECT_EQ(model.held_out, 12U);
  EXPECT_EQ(model.calibration.scores.size(), 12U);
  EXPECT_EQ(model.views, Views::turned);
  EXPECT_TRUE(model.promises);
}

}  // namespace
}  // namespace mvga
