// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/other_views.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include "core/base/error.h"
#include "core/learning/light_changes.h"

namespace mvga {
namespace {

using Pixels = std::vector<std::uint8_t>;

constexpr int kSide = 31;

RgbView view_of(const Pixels& pixels, int side = kSide) {
  return {pixels.data(), side, side, std::ptrdiff_t{3} * side};
}

Pixels noise(unsigned seed) {
  std::mt19937 random(seed);
  Pixels pixels(3 * kSide * kSide);
  for (std::uint8_t& v : pixels) v = static_cast<std::uint8_t>(random() % 256);
  return pixels;
}

/// A quarter to the right, `quarters` times.
Pixels turned_right(Pixels pixels, int quarters) {
  for (; quarters > 0; --quarters) {
    Pixels next(pixels.size());
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x)
        std::copy_n(pixels.begin() + 3 * (y * kSide + x), 3,
                    next.begin() + 3 * (x * kSide + kSide - 1 - y));
    pixels = next;
  }
  return pixels;
}

Pixels mirrored(const Pixels& pixels) {
  Pixels result(pixels.size());
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x)
      std::copy_n(pixels.begin() + 3 * (y * kSide + x), 3,
                  result.begin() + 3 * (y * kSide + kSide - 1 - x));
  return result;
}

TEST(OtherViews, AreAsLargeAndAllDifferent) {
  const Pixels image = noise(1);
  EXPECT_TRUE(other_views(view_of(image), Views::none).empty());
  for (const Views views : {Views::moved, Views::turned}) {
    std::set<Pixels> different{image};
    const std::vector<RgbImage> others = other_views(view_of(image), views);
    for (const RgbImage& other : others) {
      EXPECT_EQ(other.width, kSide);
      EXPECT_EQ(other.height, kSide);
      different.insert(other.pixels);
    }
    EXPECT_EQ(others.size(), 15U);
    EXPECT_EQ(different.size(), 16U) << "two views are the same";
  }
}

TEST(OtherViews, TurnByQuartersAndMirrorWithoutChangingAPixel) {
  const Pixels image = noise(2);
  std::set<Pixels> seen;
  for (const RgbImage& other : other_views(view_of(image), Views::turned))
    seen.insert(other.pixels);
  for (int quarters = 0; quarters < 4; ++quarters) {
    EXPECT_TRUE(quarters == 0 || seen.contains(turned_right(image, quarters)))
        << quarters << " quarters";
    EXPECT_TRUE(seen.contains(turned_right(mirrored(image), quarters)))
        << "mirrored, " << quarters << " quarters";
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
  Pixels image(3 * side * side, 0);
  const auto paint = [&](int left, int top) {
    for (int y = top; y < top + 5; ++y)
      for (int i = 3 * left; i < 3 * (left + 5); ++i)
        image[static_cast<std::size_t>(y * 3 * side + i)] = 200;
  };
  paint(48, 48);  // the centre
  double furthest = 0;
  for (const RgbImage& other : other_views(view_of(image, side), Views::moved)) {
    const Spot spot = spot_in(other);
    const double away = std::max(std::abs(spot.x - 50), std::abs(spot.y - 50));
    EXPECT_LT(away, 0.04 * side + 0.5) << "the part left its place";
    EXPECT_NEAR(spot.weight / (25 * 200), 1, 0.25) << "the part changed its size";
    furthest = std::max(furthest, away);
  }
  EXPECT_GT(furthest, 0.02 * side) << "hardly moved at all";
}

TEST(OtherViews, MirrorAtTheBorderSoThatNothingForeignComesIn) {
  const Pixels grey(3 * kSide * kSide, 77);
  for (const Views views : {Views::moved, Views::turned})
    for (const RgbImage& other : other_views(view_of(grey), views))
      EXPECT_EQ(other.pixels, grey) << "a colour that the image has not";
}

TEST(OtherViews, DependOnThePixelsAlone) {
  const Pixels image = noise(3);
  Pixels padded((3 * kSide + 8) * kSide, 9);
  for (int y = 0; y < kSide; ++y)
    std::copy_n(image.begin() + y * 3 * kSide, 3 * kSide, padded.begin() + y * (3 * kSide + 8));
  const auto once = other_views(view_of(image), Views::moved);
  const auto again = other_views({padded.data(), kSide, kSide, 3 * kSide + 8}, Views::moved);
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].pixels, again[i].pixels);
}

TEST(OtherViews, StandBeforeOtherLights) {
  const Pixels image = noise(4);
  EXPECT_EQ(other_images(view_of(image), Views::none, 0).size(), 0U);
  EXPECT_EQ(other_images(view_of(image), Views::none, 0.2).size(), kOtherLights);
  EXPECT_EQ(other_images(view_of(image), Views::moved, 0.2).size(), 15 + kOtherLights);
}

TEST(OtherViews, HaveNames) {
  for (const Views views : {Views::none, Views::moved, Views::turned})
    EXPECT_EQ(views_from(name_of(views)), views);
  EXPECT_THROW(views_from("rotated"), Error);
}

}  // namespace
}  // namespace mvga
