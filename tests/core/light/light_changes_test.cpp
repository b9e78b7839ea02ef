// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/light/light_changes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/core/learning/fake_backbone.h"

namespace mvga {
namespace {

using test::normal_picture;
using test::view_of;

using Colours = std::vector<std::uint8_t>;

TEST(Light, MultipliesAndRoundsEveryColour) {
  const Colours pixels{100, 100, 100, 1, 2, 3};
  const RgbView view{pixels.data(), 2, 1, 6};
  EXPECT_EQ(in_light(view, {1.2, 0}).pixels, (Colours{120, 120, 120, 1, 2, 4}));
  EXPECT_EQ(in_light(view, {0.75, 0}).pixels, (Colours{75, 75, 75, 1, 2, 2}));
  EXPECT_EQ(in_light(view, {1, 0.1}).pixels, (Colours{110, 100, 90, 1, 2, 3})) << "warm";
  EXPECT_EQ(in_light(view, {1, -0.1}).pixels, (Colours{90, 100, 110, 1, 2, 3})) << "cool";
  EXPECT_EQ(in_light(view, {}).pixels, pixels);
}

TEST(Light, GetsNoBrighterThanWhite) {
  const Colours pixels{255, 200, 0};
  EXPECT_EQ(in_light({pixels.data(), 1, 1, 3}, {1.5, 0.25}).pixels, (Colours{255, 255, 0}));
}

TEST(Light, SkipsThePaddingOfRows) {
  const Colours pixels{1, 2, 3, 99, 4, 5, 6, 99};
  const RgbImage picture = in_light({pixels.data(), 1, 2, 4}, {});
  EXPECT_EQ(picture.pixels, (Colours{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(picture.view().stride, 3);
  EXPECT_EQ(other_lights({pixels.data(), 1, 2, 4}, 0.2), other_lights(picture.view(), 0.2))
      << "what lies between the rows decides how a picture is learned";
}

TEST(OtherLights, DependOnThePictureAlone) {
  const auto a = normal_picture(1);
  const auto b = normal_picture(2);
  EXPECT_EQ(other_lights(view_of(a), 0.2), other_lights(view_of(a), 0.2));
  EXPECT_NE(other_lights(view_of(a), 0.2), other_lights(view_of(b), 0.2));
}

TEST(OtherLights, AreAPairThatChangesNothingOnAverage) {
  const auto picture = normal_picture(3);
  const auto [one, other] = other_lights(view_of(picture), 0.3);
  EXPECT_DOUBLE_EQ(one.brightness + other.brightness, 2);
  EXPECT_DOUBLE_EQ(one.cast + other.cast, 0);
}

TEST(OtherLights, FillTheRangeAndStayInIt) {
  double brightest = 0;
  double warmest = 0;
  double product = 0;
  constexpr int kPictures = 400;
  for (unsigned seed = 0; seed < kPictures; ++seed) {
    const auto picture = normal_picture(seed);
    const Light light = other_lights(view_of(picture), 0.2)[0];
    brightest = std::max(brightest, std::abs(light.brightness - 1));
    warmest = std::max(warmest, std::abs(light.cast));
    product += (light.brightness - 1) / 0.2 * light.cast / 0.1;
  }
  EXPECT_LE(brightest, 0.2 + 1e-12);
  EXPECT_LE(warmest, 0.1 + 1e-12);
  EXPECT_GT(brightest, 0.19) << "the share that was asked for is not learned";
  EXPECT_GT(warmest, 0.095);
  EXPECT_LT(std::abs(product / kPictures), 0.06) << "brighter pictures are always warmer";
}

}  // namespace
}  // namespace mvga
