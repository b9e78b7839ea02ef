// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/near_copies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "core/learning/alignment.h"

namespace mvga {
namespace {

constexpr int kAcross = 96;
using Pixels = std::vector<std::uint8_t>;

struct Change {
  double x = 0;
  double y = 0;
  double gain = 1;
  double noise = 0;
  int orientation = 0;
};

/// Of a spot, in one direction: the product of two is its shape.
std::vector<double> bell(double middle, double size, double shift) {
  std::vector<double> values(kAcross);
  for (int i = 0; i < kAcross; ++i) {
    const double from_middle = i + shift - middle;
    values[static_cast<std::size_t>(i)] = std::exp(-from_middle * from_middle / (2 * size * size));
  }
  return values;
}

/// A round part with spots of its own, seen by a camera that stands still.
Pixels picture(unsigned part, const Change& change = {}, unsigned noise_seed = 0) {
  std::mt19937 random(part + 1);
  std::uniform_real_distribution<double> number(0, 1);
  struct Spot {
    std::vector<double> across, down;
    double depth;
  };
  std::vector<Spot> spots;
  for (int i = 0; i < 40; ++i) {
    const double x = kAcross * number(random);
    const double y = kAcross * number(random);
    const double size = 2 + 5 * number(random);
    spots.push_back({bell(x, size, change.x), bell(y, size, change.y), 60 * number(random) - 30});
  }
  std::mt19937 noise_random(noise_seed);
  std::normal_distribution<double> noise(0, 1);
  Pixels pixels;
  for (int row = 0; row < kAcross; ++row) {
    for (int column = 0; column < kAcross; ++column) {
      int from_x = (change.orientation & 2) != 0 ? kAcross - 1 - column : column;
      int from_y = (change.orientation & 4) != 0 ? kAcross - 1 - row : row;
      if ((change.orientation & 1) != 0) std::swap(from_x, from_y);
      const double x = from_x + change.x;
      const double y = from_y + change.y;
      const double radius = std::hypot(x - kAcross / 2.0, y - kAcross / 2.0);
      double value = 100 + 60 / (1 + std::exp(radius - 30));
      for (const Spot& s : spots)
        value += s.depth * s.across[static_cast<std::size_t>(from_x)] *
                 s.down[static_cast<std::size_t>(from_y)];
      value = change.gain * value + change.noise * noise(noise_random);
      const auto level = static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
      pixels.insert(pixels.end(), 3, level);
    }
  }
  return pixels;
}

SmallPicture small(const Pixels& pixels) {
  return small_picture({pixels.data(), kAcross, kAcross, 3 * kAcross});
}

/// The k-th copy; the 0th is the picture itself.
Change augmented(unsigned part, unsigned k) {
  std::mt19937 random(1000 * part + k);
  std::uniform_real_distribution<double> number(-1, 1);
  if (k == 0) return {};
  return {1.5 * number(random), 1.5 * number(random), 1 + 0.03 * number(random), 2, 0};
}

std::size_t independent(unsigned parts, unsigned copies, Change (*change)(unsigned, unsigned)) {
  std::vector<SmallPicture> pictures;
  for (unsigned k = 0; k < copies; ++k)
    for (unsigned p = 0; p < parts; ++p)
      pictures.push_back(small(picture(p, change(p, k), 100 * k + p)));
  const std::vector<int> clusters = near_copies(pictures);
  for (std::size_t i = 0; i < clusters.size(); ++i)
    EXPECT_EQ(clusters[i], clusters[i % parts]) << "a copy of picture " << i % parts << " is alone";
  return count_clusters(clusters);
}

TEST(NearCopies, AreNotFoundAmongIndependentPictures) {
  for (const unsigned parts : {2U, 4U, 10U, 80U})
    EXPECT_EQ(independent(parts, 1, augmented), parts) << "what is promised shrinks for nothing";
}

TEST(NearCopies, AreFoundHoweverManyThereAre) {
  EXPECT_EQ(independent(20, 15, augmented), 20U);
  EXPECT_EQ(independent(60, 5, augmented), 60U);
  EXPECT_EQ(independent(100, 2, augmented), 100U);
  EXPECT_EQ(independent(5, 20, augmented), 5U);
}

TEST(NearCopies, AreFoundWhenTheyAreTheSame) {
  EXPECT_EQ(independent(20, 5, [](unsigned, unsigned) { return Change{}; }), 20U);
}

TEST(NearCopies, AreFoundMirroredAndTurned) {
  EXPECT_EQ(independent(12, 8,
                        [](unsigned, unsigned k) {
                          return Change{0, 0, 1, 0, static_cast<int>(k)};
                        }),
            12U);
}

// A camera before one part that never moves: there is nothing to compare with.
TEST(NearCopies, AreFoundWhereNothingElseIs) {
  EXPECT_EQ(independent(1, 40, [](unsigned, unsigned) { return Change{0, 0, 1, 1, 0}; }), 1U);
}

TEST(NearCopies, AreFoundAmongManyOthers) {
  std::vector<SmallPicture> pictures;
  for (unsigned p = 0; p < 60; ++p) pictures.push_back(small(picture(p)));
  for (const unsigned p : {7U, 30U}) pictures.push_back(small(picture(p, augmented(p, 1))));
  const std::vector<int> clusters = near_copies(pictures);
  EXPECT_EQ(count_clusters(clusters), 60U);
  EXPECT_EQ(clusters[60], clusters[7]);
  EXPECT_EQ(clusters[61], clusters[30]);
}

TEST(NearCopies, OfNothingAreNothing) {
  EXPECT_TRUE(near_copies({}).empty());
  EXPECT_EQ(count_clusters({}), 0U);
  const std::vector<SmallPicture> one{small(picture(1))};
  EXPECT_EQ(near_copies(one), std::vector<int>{0});
}

TEST(Alignment, ExplainsAPictureByItsMovedSelfAndNotByAnother) {
  const SmallPicture here = small(picture(1));
  const SmallPicture moved = small(picture(1, {3, -2, 1.1, 0, 0}));
  EXPECT_LT(difference_when_aligned(here, moved).share, 0.01);
  EXPECT_GT(difference_when_aligned(here, small(picture(2))).share, 0.1);
}

TEST(Alignment, TakesNoFlatPictureForACopyOfAllOthers) {
  const SmallPicture flat = small(Pixels(3 * kAcross * kAcross, 90));
  const Difference d = difference_when_aligned(flat, small(picture(1)));
  EXPECT_GT(d.share, 0.9);
  EXPECT_GT(d.energy, 100);
}

}  // namespace
}  // namespace mvga
