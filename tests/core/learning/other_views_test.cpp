// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/other_views.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include "core/base/error.h"
#include "core/light/light_changes.h"

namespace mvga {
namespace {

using OddPixels = std::vector<std::uint8_t>;

constexpr int kOddSide = 31;

RgbView odd_view_of(const OddPixels& pixels, int side = kOddSide) {
  return {pixels.data(), side, side, std::ptrdiff_t{3} * side};
}

OddPixels odd_noise(unsigned seed) {
  std::mt19937 random(seed);
  OddPixels pixels(3 * kOddSide * kOddSide);
  for (std::uint8_t& v : pixels) v = static_cast<std::uint8_t>(random() % 256);
  return pixels;
}

/// A quarter to the right, `quarters` times.
OddPixels turned_right(OddPixels pixels, int quarters) {
  for (; quarters > 0; --quarters) {
    OddPixels next(pixels.size());
    for (int y = 0; y < kOddSide; ++y)
      for (int x = 0; x < kOddSide; ++x)
        std::copy_n(pixels.begin() + 3 * (y * kOddSide + x), 3,
                    next.begin() + 3 * (x * kOddSide + kOddSide - 1 - y));
    pixels = next;
  }
  return pixels;
}

OddPixels mirrored_pixels(const OddPixels& pixels) {
  OddPixels result(pixels.size());
  for (int y = 0; y < kOddSide; ++y)
    for (int x = 0; x < kOddSide; ++x)
      std::copy_n(pixels.begin() + 3 * (y * kOddSide + x), 3,
                  result.begin() + 3 * (y * kOddSide + kOddSide - 1 - x));
  return result;
}

TEST(OtherViews, AreAsLargeAndAllDifferent) {
  const OddPixels image = odd_noise(1);
  EXPECT_TRUE(other_views(odd_view_of(image), Views::none).empty());
  for (const Views views : {Views::moved, Views::turned}) {
    std::set<OddPixels> different{image};
    const std::vector<RgbImage> others = other_views(odd_view_of(image), views);
    for (const RgbImage& other : others) {
      EXPECT_EQ(other.width, kOddSide);
      EXPECT_EQ(other.height, kOddSide);
      different.insert(other.pixels);
    }
    EXPECT_EQ(others.size(), 15U);
    EXPECT_EQ(different.size(), 16U) << "two views are the same";
  }
}

TEST(OtherViews, TurnByQuartersAndMirrorWithoutChangingAPixel) {
  const OddPixels image = odd_noise(2);
  std::set<OddPixels> seen;
  for (const RgbImage& other : other_views(odd_view_of(image), Views::turned))
    seen.insert(other.pixels);
  for (int quarters = 0; quarters < 4; ++quarters) {
    EXPECT_TRUE(quarters == 0 || seen.contains(turned_right(image, quarters)))
        << quarters << " quarters";
    EXPECT_TRUE(seen.contains(turned_right(mirrored_pixels(image), quarters)))
        << "mirrored_pixels, " << quarters << " quarters";
  }
}

/// The centre of what is bright on a dark ground.
struct Spot {
  double x = 0;
  double y = 0;
  double weight = 0;
};

Spot spot_in(const RgbImage& image) {
  Spot spot;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const double value = image.pixels[static_cast<std::size_t>(3 * (y * image.width + x))];
      spot.x += value * x;
      spot.y += value * y;
      spot.weight += value;
    }
  spot.x /= spot.weight;
  spot.y /= spot.weight;
  return spot;
}

TEST(OtherViews, MoveAsFarAsAFixtureLetsAPart) {
  constexpr int side = 101;
  OddPixels image(3 * side * side, 0);
  const auto paint = [&](int left, int top) {
    for (int y = top; y < top + 5; ++y)
      for (int i = 3 * left; i < 3 * (left + 5); ++i)
        image[static_cast<std::size_t>(y * 3 * side + i)] = 200;
  };
  paint(48, 48);  // the centre
  double furthest = 0;
  for (const RgbImage& other : other_views(odd_view_of(image, side), Views::moved)) {
    const Spot spot = spot_in(other);
    const double away = std::max(std::abs(spot.x - 50), std::abs(spot.y - 50));
    EXPECT_LT(away, 0.04 * side + 0.5) << "the part left its place";
    EXPECT_NEAR(spot.weight / (25 * 200), 1, 0.25) << "the part changed its size";
    furthest = std::max(furthest, away);
  }
  EXPECT_GT(furthest, 0.02 * side) << "hardly moved at all";
}

TEST(OtherViews, MirrorAtTheBorderSoThatNothingForeignComesIn) {
  const OddPixels grey(3 * kOddSide * kOddSide, 77);
  for (const Views views : {Views::moved, Views::turned})
    for (const RgbImage& other : other_views(odd_view_of(grey), views))
      EXPECT_EQ(other.pixels, grey) << "a colour that the image has not";
}

TEST(OtherViews, DependOnThePixelsAlone) {
  const OddPixels image = odd_noise(3);
  OddPixels padded((3 * kOddSide + 8) * kOddSide, 9);
  for (int y = 0; y < kOddSide; ++y)
    std::copy_n(image.begin() + y * 3 * kOddSide, 3 * kOddSide,
                padded.begin() + y * (3 * kOddSide + 8));
  const auto once = other_views(odd_view_of(image), Views::moved);
  const auto again =
      other_views({padded.data(), kOddSide, kOddSide, 3 * kOddSide + 8}, Views::moved);
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].pixels, again[i].pixels);
}

TEST(OtherViews, StandBeforeOtherLights) {
  const OddPixels image = odd_noise(4);
  EXPECT_EQ(other_images(odd_view_of(image), Views::none, 0).size(), 0U);
  EXPECT_EQ(other_images(odd_view_of(image), Views::none, 0.2).size(), kOtherLights);
  EXPECT_EQ(other_images(odd_view_of(image), Views::moved, 0.2).size(), 15 + kOtherLights);
}

TEST(OtherViews, HaveNames) {
  for (const Views views : {Views::none, Views::moved, Views::turned})
    EXPECT_EQ(views_from(name_of(views)), views);
  EXPECT_THROW(views_from("rotated"), Error);
}

}  // namespace
}  // namespace mvga
