// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/light/camera_changes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>
#include <set>

namespace mvga {
namespace {

constexpr int kWidth = 52;  // no multiple of a block
constexpr int kHeight = 37;

RgbImage picture(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> noise(-30, 30);
  RgbImage image{{}, kWidth, kHeight};
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      for (int c = 0; c < 3; ++c)
        image.pixels.push_back(static_cast<std::uint8_t>(60 + 2 * x + y + 10 * c + noise(random)));
  return image;
}

double mean_of(const RgbImage& image) {
  double sum = 0;
  for (const std::uint8_t v : image.pixels) sum += v;
  return sum / static_cast<double>(image.pixels.size());
}

double difference(const RgbImage& a, const RgbImage& b) {
  double squares = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i)
    squares += std::pow(a.pixels[i] - b.pixels[i], 2);
  return std::sqrt(squares / static_cast<double>(a.pixels.size()));
}

/// Of neighbours in a row.
double roughness(const RgbImage& image) {
  double sum = 0;
  for (std::size_t i = 3; i < image.pixels.size(); ++i)
    sum += std::abs(image.pixels[i] - image.pixels[i - 3]);
  return sum / static_cast<double>(image.pixels.size());
}

class EachChange : public ::testing::TestWithParam<CameraChange> {};

TEST_P(EachChange, KeepsTheSceneAndItsBrightness) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const RgbImage before = picture(1);
    const RgbImage after = camera_changed(before.view(), GetParam(), seed);
    ASSERT_EQ(after.width, kWidth);
    ASSERT_EQ(after.height, kHeight);
    ASSERT_EQ(after.pixels.size(), before.pixels.size());
    EXPECT_NEAR(mean_of(after), mean_of(before), 2) << "seed " << seed;
    EXPECT_GT(difference(after, before), 0.1) << "nothing was changed";
    EXPECT_LT(difference(after, before), 25) << "another scene";
  }
}

TEST_P(EachChange, DependsOnThePixelsAlone) {
  const RgbImage before = picture(2);
  EXPECT_EQ(camera_changed(before.view(), GetParam(), 7).pixels,
            camera_changed(before.view(), GetParam(), 7).pixels);
  // Rows with padding are the same image.
  std::vector<std::uint8_t> padded;
  for (int y = 0; y < kHeight; ++y) {
    const auto row = before.pixels.begin() + 3 * kWidth * y;
    padded.insert(padded.end(), row, row + 3 * kWidth);
    padded.insert(padded.end(), 5, 99);
  }
  const RgbView view{padded.data(), kWidth, kHeight, 3 * kWidth + 5};
  EXPECT_EQ(camera_changed(view, GetParam(), 7).pixels,
            camera_changed(before.view(), GetParam(), 7).pixels);
}

TEST_P(EachChange, BearsASinglePixel) {
  const RgbImage dot{{1, 128, 255}, 1, 1};
  EXPECT_EQ(camera_changed(dot.view(), GetParam(), 1).pixels.size(), 3u);
}

INSTANTIATE_TEST_SUITE_P(CameraChanges, EachChange,
                         ::testing::Values(CameraChange::noise, CameraChange::compression,
                                           CameraChange::defocus, CameraChange::exposure));

TEST(CameraChange, NoiseRoughensAndDefocusSmooths) {
  const RgbImage before = picture(3);
  EXPECT_GT(roughness(camera_changed(before.view(), CameraChange::noise, 1)), roughness(before));
  EXPECT_LT(roughness(camera_changed(before.view(), CameraChange::defocus, 1)), roughness(before));
}

// A quantised block of one colour is one colour, but for the steps of 8 bits.
TEST(CameraChange, CompressionKeepsWhatIsFlat) {
  RgbImage flat{{}, kWidth, kHeight};
  for (int i = 0; i < kWidth * kHeight; ++i)
    for (const int v : {200, 100, 50}) flat.pixels.push_back(static_cast<std::uint8_t>(v));
  const RgbImage after = camera_changed(flat.view(), CameraChange::compression, 3);
  for (std::size_t i = 3; i < after.pixels.size(); ++i)
    EXPECT_EQ(after.pixels[i], after.pixels[i % 3]);
  EXPECT_LT(difference(after, flat), 8);
}

TEST(OnAnotherDay, ChangesOneImageOfFourInAnyOfTheWays) {
  int changed = 0;
  std::set<int> differences;  // rounded: each way has some of its own
  for (unsigned seed = 0; seed < 400; ++seed) {
    const RgbImage before = picture(seed);
    const auto after = on_another_day(before.view());
    if (!after) continue;
    ++changed;
    differences.insert(static_cast<int>(std::lround(difference(*after, before))));
  }
  EXPECT_NEAR(changed, 100, 35);
  EXPECT_GE(differences.size(), 4u);
}

}  // namespace
}  // namespace mvga
