// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/light/light_range.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

namespace mvga {
namespace {

constexpr int kSide = 64;

using Curve = std::function<double(double value, int colour)>;

/// A picture of smooth patches with noise, a little different for each seed.
RgbImage scene(unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0, 4);
  std::uniform_real_distribution<double> phase(-0.1, 0.1);
  const double shift = phase(random);
  RgbImage image{{}, kSide, kSide};
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x)
      for (int c = 0; c < 3; ++c) {
        const double wave = std::sin(0.2 * x + shift) * std::cos(0.13 * y + c + shift);
        image.pixels.push_back(static_cast<std::uint8_t>(
            std::lround(std::clamp(110 + 70 * wave + noise(random), 0.0, 255.0))));
      }
  return image;
}

RgbImage changed(RgbImage image, const Curve& curve) {
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    const double value = 255 * curve(image.pixels[i] / 255.0, static_cast<int>(i % 3));
    image.pixels[i] = static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0)));
  }
  return image;
}

LightRange learned(int count) {
  std::vector<Tones> tones;
  for (int i = 0; i < count; ++i) tones.push_back(tones_of(scene(100 + i).view()));
  return light_range(tones);
}

double mean_difference(const RgbImage& a, const RgbImage& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(a.pixels[i] - b.pixels[i]);
  return sum / static_cast<double>(a.pixels.size());
}

TEST(Tones, AreWhatSharesOfThePixelsDoNotExceed) {
  // 0..255 once each, in every colour, on a row.
  RgbImage ramp{{}, 256, 1};
  for (int v = 0; v < 256; ++v)
    for (int c = 0; c < 3; ++c) ramp.pixels.push_back(static_cast<std::uint8_t>(v));
  const Tones tones = tones_of(ramp.view());
  for (const auto& colour : tones)
    for (std::size_t i = 0; i < kTones; ++i)
      EXPECT_NEAR(value_of(colour[i]), 256 * 0.05 * static_cast<double>(i + 1) - 0.5, 1e-9);
}

TEST(LightRange, LeavesImagesOfTheLearnedLightAsTheyAre) {
  const LightRange range = learned(30);
  for (int i = 0; i < 30; ++i)
    EXPECT_FALSE(in_learned_light(scene(100 + i).view(), range)) << "learned image " << i;
  int touched = 0;
  for (int i = 0; i < 30; ++i)
    touched += in_learned_light(scene(200 + i).view(), range).has_value() ? 1 : 0;
  EXPECT_LE(touched, 1) << "normal images that were not learned";
}

TEST(LightRange, BringsBackOtherLight) {
  const LightRange range = learned(30);
  const std::vector<std::pair<const char*, Curve>> lights{
      {"20 % darker", [](double v, int) { return 0.8 * v; }},
      {"20 % brighter", [](double v, int) { return 1.2 * v; }},
      {"gamma 0.8", [](double v, int) { return std::pow(v, 0.8); }},
      {"gamma 1.25", [](double v, int) { return std::pow(v, 1.25); }},
      {"warm", [](double v, int c) { return v * (1.1 - 0.1 * c); }},
      {"cool", [](double v, int c) { return v * (0.9 + 0.1 * c); }}};
  for (const auto& [name, curve] : lights) {
    const RgbImage as_it_was = scene(300);
    const RgbImage other = changed(as_it_was, curve);
    const auto back = in_learned_light(other.view(), range);
    ASSERT_TRUE(back) << name;
    // What is left is the rounding of 8-bit values, and how the learned images differ.
    EXPECT_LT(mean_difference(*back, as_it_was), 0.25 * mean_difference(other, as_it_was)) << name;
  }
}

TEST(LightRange, TakesADefectForNoLight) {
  const LightRange range = learned(30);
  RgbImage defect = scene(300);
  for (int y = 10; y < 22; ++y)  // 3.5 % of the picture, white
    for (int x = 10; x < 22; ++x)
      for (int c = 0; c < 3; ++c)
        defect.pixels[3 * (static_cast<std::size_t>(y) * kSide + x) + c] = 255;
  const auto back = in_learned_light(defect.view(), range);
  // Its area moves the ranks of all pixels a little. 20 % less light changes the picture by 22.
  EXPECT_LT(back ? mean_difference(*back, defect) : 0, 4) << "the rest of the picture is changed";
}

// So that a lamp that is off is no normal image.
TEST(LightRange, LeavesWhatNoLampCanBe) {
  const LightRange range = learned(30);
  const RgbImage dark = changed(scene(300), [](double v, int) { return 0.15 * v; });
  const auto back = in_learned_light(dark.view(), range);
  ASSERT_TRUE(back);
  EXPECT_GT(mean_difference(*back, scene(300)), 50);
}

TEST(LightRange, IsNothingWhereNothingWasLearned) {
  EXPECT_TRUE(LightRange().empty());
  EXPECT_FALSE(in_learned_light(scene(1).view(), LightRange()));
}

TEST(LightRange, BearsImagesOfOneColour) {
  const RgbImage black{std::vector<std::uint8_t>(3 * kSide * kSide, 0), kSide, kSide};
  const RgbImage white{std::vector<std::uint8_t>(3 * kSide * kSide, 255), kSide, kSide};
  for (const RgbImage& reference : {black, white, scene(1)}) {
    const std::vector<Tones> tones{tones_of(reference.view())};
    const LightRange range = light_range(tones);
    for (const RgbImage& image : {black, white, scene(2)}) {
      const auto back = in_learned_light(image.view(), range);
      EXPECT_EQ(back.value_or(image).pixels.size(), image.pixels.size());
    }
  }
}

}  // namespace
}  // namespace mvga
