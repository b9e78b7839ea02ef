// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Generated pictures: the same for everybody, and never the same twice.

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <vector>

#include "models/distill/pictures/fields.h"
#include "models/distill/pictures/generator.h"

namespace mvga::distill {
namespace {

constexpr int size = 96;

const PictureGenerator& generator() {
  static const PictureGenerator made(5, size);
  return made;
}

double contrast(const Bytes& bytes) {
  const auto n = static_cast<double>(bytes.rgb.size());
  const double mean = std::accumulate(bytes.rgb.begin(), bytes.rgb.end(), 0.0) / n;
  double sum = 0;
  for (const std::uint8_t v : bytes.rgb) sum += (v - mean) * (v - mean);
  return sum / n;
}

TEST(Pictures, AreTheSameForTheSameSeedAndNumber) {
  const PictureGenerator again(5, size);
  const PictureGenerator other(6, size);
  for (std::uint64_t i = 0; i < 8; ++i) {
    const Bytes bytes = generator().make(i).bytes;
    EXPECT_EQ(bytes.rgb, again.make(i).bytes.rgb) << i;
    EXPECT_NE(bytes.rgb, other.make(i).bytes.rgb) << i;
  }
}

TEST(Pictures, AreOfEveryKind) {
  std::set<Kind> seen;
  for (std::uint64_t i = 0; i < 200; ++i) seen.insert(generator().make(i).kind);
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(kinds));
}

TEST(Pictures, AreDifferentAndMostlyNotEmpty) {
  std::set<std::vector<std::uint8_t>> different;
  int flat = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    Bytes bytes = generator().make(i).bytes;
    flat += contrast(bytes) < 9 ? 1 : 0;
    different.insert(std::move(bytes.rgb));
  }
  EXPECT_EQ(different.size(), 100U);
  EXPECT_LE(flat, 10) << "pictures with next to nothing on them";
}

TEST(Fields, StayWithinZeroAndOne) {
  Random random(1, 1);
  for (int i = 0; i < 10; ++i)
    for (const Field& field :
         {noise(random, size, {}), ridges(random, size, {}), spots(random, size),
          cells(random, size), regular_pattern(random, size), wood(random, size),
          julia(random, size)}) {
      const auto [low, high] = std::minmax_element(field.values.begin(), field.values.end());
      EXPECT_GE(*low, 0);
      EXPECT_LE(*high, 1.0001F);
    }
}

TEST(Fields, ASensorsGrainIsNormal) {
  Random random(1, 1);
  const Field field = grain(random, 256);
  const auto n = static_cast<double>(field.values.size());
  const double mean = std::accumulate(field.values.begin(), field.values.end(), 0.0) / n;
  double square = 0;
  for (const float v : field.values) square += v * v;
  EXPECT_NEAR(mean, 0, 0.02);  // five standard errors
  EXPECT_NEAR(square / n, 1, 0.03);
}

TEST(Fields, BlurKeepsTheMeanAndTakesTheContrast) {
  Random random(1, 1);
  Field field = grain(random, 128);
  const double before = std::accumulate(field.values.begin(), field.values.end(), 0.0);
  blur(field, 2);
  const double after = std::accumulate(field.values.begin(), field.values.end(), 0.0);
  const auto n = static_cast<double>(field.values.size());
  EXPECT_NEAR(before / n, after / n, 0.02) << "only the border may shift it";
  double square = 0;
  for (const float v : field.values) square += v * v;
  // White noise behind a Gaussian of sigma has the variance 1 / (4 pi sigma^2).
  EXPECT_NEAR(square / n, 0.0199, 0.002);
}

}  // namespace
}  // namespace mvga::distill
