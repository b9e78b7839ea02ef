// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/features/resample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace mvga {
namespace {

using Pixels = std::vector<std::uint8_t>;

RgbView view_of(const Pixels& pixels, int width, int height) {
  return {pixels.data(), width, height, std::ptrdiff_t{3} * width};
}

/// The same grey in all three channels.
Pixels grey(const std::vector<int>& values) {
  Pixels pixels;
  for (const int value : values) pixels.insert(pixels.end(), 3, static_cast<std::uint8_t>(value));
  return pixels;
}

/// 7 x 5 pixels without any pattern.
Pixels no_pattern() {
  Pixels pixels;
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 7; ++x)
      for (int c = 0; c < 3; ++c)
        pixels.push_back(
            static_cast<std::uint8_t>((37 * x * x + 11 * y * (c + 1) + 59 * c + 5 * x * y) % 256));
  return pixels;
}

TEST(Resample, LeavesAnImageOfThatSizeAsItIs) {
  const Pixels pixels = no_pattern();
  EXPECT_EQ(resampled(view_of(pixels, 7, 5), 7, 5), pixels);
}

TEST(Resample, LeavesOneColourAsItIs) {
  const Pixels white(3 * 37 * 23, 255);
  EXPECT_EQ(resampled(view_of(white, 37, 23), 10, 50), Pixels(3 * 10 * 50, 255));
  const Pixels dark(3 * 37 * 23, 1);
  EXPECT_EQ(resampled(view_of(dark, 37, 23), 50, 10), Pixels(3 * 50 * 10, 1));
}

// Half the width: a new pixel's weights are 1/8, 3/8, 3/8, 1/8; at the border the first is cut off,
// and the others are 3/7, 3/7, 1/7.
TEST(Resample, TakesTheMeanOfWhatANewPixelCovers) {
  const Pixels row = grey({0, 70, 140, 0, 80, 240});
  EXPECT_EQ(resampled(view_of(row, 6, 1), 3, 1), grey({50, 71, 137}))
      << "(3*0 + 3*70 + 140) / 7, (70 + 3*140 + 3*0 + 80) / 8, (0 + 3*80 + 3*240) / 7";
}

// Twice the height: centres lie a quarter of a row beside the old ones.
TEST(Resample, GoesStraightFromPixelToPixelWhenItEnlarges) {
  const Pixels column = grey({0, 100, 20});
  EXPECT_EQ(resampled(view_of(column, 1, 3), 1, 6), grey({0, 25, 75, 80, 40, 20}));
}

TEST(Resample, SkipsNoPixel) {
  Pixels pixels(3 * 64 * 64, 0);
  for (std::size_t y = 0; y < 64; ++y)
    for (std::size_t x = y % 2; x < 64; x += 2)
      std::fill_n(pixels.begin() + static_cast<std::ptrdiff_t>(3 * (64 * y + x)), 3, 200);
  for (const std::uint8_t value : resampled(view_of(pixels, 64, 64), 8, 8))
    EXPECT_NEAR(value, 100, 1) << "a chequered pattern is grey from afar";
}

TEST(Resample, KeepsToTheStride) {
  const Pixels pixels = no_pattern();
  // The inner 3 x 2 pixels, once within their image and once by themselves.
  const RgbView inner{pixels.data() + 3 * (7 + 2), 3, 2, 3 * 7};
  Pixels alone;
  for (int y = 0; y < 2; ++y)
    alone.insert(alone.end(), inner.data + y * inner.stride, inner.data + y * inner.stride + 9);
  EXPECT_EQ(resampled(inner, 5, 5), resampled(view_of(alone, 3, 2), 5, 5));
}

// Pillow 9.4, Image.resize(size, BILINEAR) of mode RGB, to the bit.
TEST(Resample, GivesWhatPillowGives) {
  const Pixels pixels = no_pattern();
  const RgbView image = view_of(pixels, 7, 5);
  EXPECT_EQ(resampled(image, 3, 2), (Pixels{63, 118, 143, 122, 163, 141, 135, 128, 130,  //
                                            93, 133, 143, 164, 117, 115, 133, 89, 148}));
  EXPECT_EQ(resampled(image, 4, 9),
            (Pixels{23, 82,  129, 106, 165, 91,  95,  154, 161, 98,  157, 107,  //
                    28, 90,  141, 113, 176, 105, 105, 151, 179, 111, 137, 127,  //
                    35, 104, 160, 125, 193, 129, 122, 145, 208, 133, 104, 160,  //
                    43, 112, 180, 137, 153, 122, 139, 163, 146, 154, 119, 129,  //
                    50, 119, 200, 149, 97,  106, 156, 186, 62,  175, 146, 81,   //
                    58, 133, 159, 161, 115, 102, 144, 135, 91,  136, 92,  114,  //
                    65, 147, 130, 172, 125, 103, 138, 91,  120, 108, 55,  148,  //
                    73, 160, 149, 185, 103, 127, 156, 74,  149, 129, 82,  182,  //
                    77, 168, 161, 192, 90,  142, 166, 64,  167, 142, 99,  202}));
  EXPECT_EQ(resampled(image, 1, 1), (Pixels{122, 128, 134}));
}

}  // namespace
}  // namespace mvga
