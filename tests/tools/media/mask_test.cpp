// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What a mask's file marks, whatever wrote it.

#include "tools/media/mask.h"

#include <gtest/gtest.h>

#include <vector>

namespace mvga::tool {
namespace {

using Marked = std::vector<std::uint8_t>;
using Pixels = std::vector<MaskPixel>;

Pixels grey(const std::vector<std::uint16_t>& levels) {
  Pixels pixels;
  for (const std::uint16_t level : levels) pixels.push_back({level, level, 255});
  return pixels;
}

Mask mask_of(const Pixels& pixels, std::uint16_t white = 255, bool lossy = false) {
  return mask_from({static_cast<int>(pixels.size()), 1, white, lossy}, pixels);
}

TEST(Mask, IsWhatIsWhite) {
  const Mask mask = mask_of(grey({0, 255, 255, 0}));
  EXPECT_EQ(mask.defect, (Marked{0, 1, 1, 0}));
  EXPECT_EQ(mask.levels, 2U);
  EXPECT_EQ(mask.share, 0.5);
  EXPECT_FALSE(mask.empty);
}

TEST(Mask, OfGreysIsTheBrighterHalf) {
  const Mask mask = mask_of(grey({0, 3, 12, 100, 127, 128, 240, 255}));
  EXPECT_EQ(mask.defect, (Marked{0, 0, 0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(mask.levels, 8U);
  EXPECT_EQ(mask_of(grey({0, 2, 40, 80})).defect, (Marked{0, 0, 0, 1})) << "of a dim one too";
}

TEST(Mask, OfAJpegIsNotItsNoise) {
  EXPECT_TRUE(mask_of(grey({0, 1, 4, 2}), 255, true).empty) << "a black one has noise, too";
  const Pixels noisy = grey({3, 250, 9, 255, 240, 250, 255, 251, 130, 255, 200, 90, 7, 180});
  EXPECT_EQ(mask_of(noisy, 255, true).defect, (Marked{0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0}))
      << "specks beside the edge are defects of their own";
  EXPECT_EQ(mask_of(noisy).defect, (Marked{0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1}))
      << "in a PNG they are";
}

TEST(Mask, OfLabelsIsAllThatIsNotZero) {
  EXPECT_EQ(mask_of(grey({0, 1, 2, 3})).defect, (Marked{0, 1, 1, 1}));
  EXPECT_EQ(mask_of(grey({0, 1})).defect, (Marked{0, 1}));
  EXPECT_EQ(mask_of(grey({0, 1, 300, 4095}), 65535).defect, (Marked{0, 1, 1, 1}))
      << "labels of 16 bits";
}

TEST(Mask, OnATransparentLayerIsThePaint) {
  const MaskPixel nothing_white{255, 255, 0};
  const MaskPixel nothing_black{0, 0, 0};
  for (const MaskPixel& nothing : {nothing_white, nothing_black})
    for (const MaskPixel& paint :
         {MaskPixel{255, 255, 255}, MaskPixel{255, 0, 255}, MaskPixel{0, 0, 255}})
      EXPECT_EQ(mask_of({nothing, paint, nothing}).defect, (Marked{0, 1, 0}))
          << "on " << nothing.brightest << " in " << paint.brightest;
  EXPECT_EQ(mask_of({nothing_white, {255, 255, 255}, {0, 0, 255}}).defect, (Marked{0, 1, 0}))
      << "black beside white is no paint";
}

TEST(Mask, HasNoLayerWhereAllIsAsTransparent) {
  for (const std::uint16_t alpha : {0, 128, 255})
    EXPECT_EQ(mask_of({{0, 0, alpha}, {255, 255, alpha}}).defect, (Marked{0, 1})) << alpha;
}

TEST(Mask, IsTheColourOnWhite) {
  const MaskPixel white{255, 255, 255};
  EXPECT_EQ(mask_of({white, {255, 0, 255}, white}).defect, (Marked{0, 1, 0}));
  EXPECT_EQ(mask_of({{0, 0, 255}, {255, 0, 255}, white}).defect, (Marked{0, 1, 1}))
      << "on black, white marks as well";
}

TEST(Mask, SaysThatItIsEmptyOrMarksAll) {
  EXPECT_TRUE(mask_of(grey({0, 0})).empty);
  EXPECT_EQ(mask_of(grey({0, 0})).share, 0);
  EXPECT_EQ(mask_of(grey({255, 255, 255, 0})).share, 0.75) << "what inverts is not guessed";
  EXPECT_EQ(mask_of(grey({255, 255})).share, 1);
}

}  // namespace
}  // namespace mvga::tool
