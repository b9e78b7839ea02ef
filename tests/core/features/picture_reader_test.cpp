// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pictures in planes, against exact arithmetic.
#include "core/features/picture_reader.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/base/splitmix.h"
#include "tests/core/features/exact_picture.h"

namespace mvga {
namespace {

using testing::ExactPart;
using testing::ExactPicture;
using testing::largest_difference;
using testing::read_exactly;

/// Off by rounding, and by what floats lose.
constexpr double kRounded = 0.51;

std::vector<std::uint8_t> noise(std::size_t size, std::uint64_t seed) {
  std::vector<std::uint8_t> bytes(size);
  for (std::size_t i = 0; i < size; ++i)
    bytes[i] = static_cast<std::uint8_t>(splitmix64(kSplitMixStep * (1000003 * seed + i)) >> 56);
  return bytes;
}

struct Chroma {
  int across = 2;
  int down = 2;
  bool cosited_across = false;
  bool cosited_down = false;
};

/// Three planes of noise, of which the second and third have fewer samples.
struct Picture {
  Picture(int width, int height, const Chroma& chroma, int padding = 0) {
    layout.width = width;
    layout.height = height;
    layout.to_rgb = {{{1, 0, 1.4F}, {1, -0.34F, -0.71F}, {1, 1.77F, 0}}, {0, 128, 128}};
    exact.colour = [](const testing::ExactColour& c) {
      const double u = c[1] - 128;
      const double v = c[2] - 128;
      return testing::ExactColour{c[0] + double(1.4F) * v,
                                  c[0] - double(0.34F) * u - double(0.71F) * v,
                                  c[0] + double(1.77F) * u};
    };
    for (int c = 0; c < 3; ++c) {
      const Chroma s = c == 0 ? Chroma{1, 1} : chroma;
      const int columns = (width + s.across - 1) / s.across;
      const int rows = (height + s.down - 1) / s.down;
      const int stride = columns + padding;
      bytes[c] = noise(static_cast<std::size_t>(stride) * rows, static_cast<std::uint64_t>(c));
      // What is smooth is what a wrong place would not show in; noise alone is near its mean.
      exact.planes.push_back({columns, rows, s.across, s.down, s.cosited_across, s.cosited_down});
      for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x) {
          std::uint8_t& byte = bytes[c][static_cast<std::size_t>(y) * stride + x];
          byte = static_cast<std::uint8_t>(64 + byte / 4 + 63 * (x * s.across > width / 2));
          exact.planes.back().samples.push_back(byte);
        }
      layout.component[c] = {
          c, 0, 1, 0, {columns, s.across, s.cosited_across}, {rows, s.down, s.cosited_down}};
      planes[c] = {bytes[c].data(), stride};
    }
  }

  double off_by(const ExactPart& part, int width, int height) {
    PictureReader reader(layout, {{part.x, part.width}, {part.y, part.height}}, width, height);
    return largest_difference(reader.read(planes).data, read_exactly(exact, part, width, height));
  }
  double off_by(int width, int height) {
    return off_by({0, 0, layout.width, layout.height}, width, height);
  }

  PictureLayout layout;
  std::vector<std::uint8_t> bytes[3];
  PlaneViews planes;
  ExactPicture exact;
};

TEST(PictureReader, IsAsGoodAsExactArithmeticWhereverChromaIs) {
  for (const Chroma& chroma : {Chroma{2, 2}, Chroma{2, 2, true}, Chroma{2, 2, true, true},
                               Chroma{2, 1, true}, Chroma{2, 1}, Chroma{1, 1}, Chroma{4, 1}})
    for (const auto& [width, height] :
         {std::pair{64, 48}, {63, 47}, {1, 1}, {2, 3}, {5, 1}, {97, 13}})
      EXPECT_LT(Picture(width, height, chroma).off_by(24, 20), kRounded)
          << width << "x" << height << ", " << chroma.across << " by " << chroma.down
          << " pixels share a sample of colour";
}

TEST(PictureReader, TakesAnyPart) {
  Picture picture(61, 45, {}, 5);
  for (const ExactPart& part : {ExactPart{0, 0, 61, 45},
                                {1, 1, 7, 9},
                                {60, 44, 1, 1},
                                {13, 7, 40, 1},
                                {30, 0, 31, 45},
                                {7, 20, 2, 25}})
    EXPECT_LT(picture.off_by(part, 16, 16), kRounded)
        << part.width << "x" << part.height << " from " << part.x << ", " << part.y;
}

TEST(PictureReader, ReadsRowsBackwards) {
  Picture picture(32, 30, {});
  for (int c = 0; c < 3; ++c) {
    // The same rows, stored from the bottom up.
    auto& plane = picture.exact.planes[static_cast<std::size_t>(c)];
    std::vector<double> turned;
    for (int y = plane.height - 1; y >= 0; --y)
      turned.insert(turned.end(), plane.samples.begin() + y * plane.width,
                    plane.samples.begin() + (y + 1) * plane.width);
    plane.samples = turned;
    picture.planes[static_cast<std::size_t>(c)] = {
        picture.bytes[c].data() + std::ptrdiff_t{plane.width} * (plane.height - 1), -plane.width};
  }
  EXPECT_LT(picture.off_by(12, 12), kRounded);
}

TEST(PictureReader, ReadsStripsAndHugePictures) {
  for (const auto& [width, height] : {std::pair{3000, 30},
                                      {30, 3000},
                                      {16384, 1},
                                      {1, 16384},
                                      {16384, 3},
                                      {3, 16383},
                                      {1600, 16},
                                      {1920, 1080}})
    EXPECT_LT(Picture(width, height, {2, 2, true}).off_by(32, 32), kRounded)
        << width << "x" << height;
}

TEST(PictureReader, EnlargesAndHasAnyNumberOfRows) {
  Picture picture(9, 7, {});
  for (const int side : {1, 7, 8, 9, 41}) EXPECT_LT(picture.off_by(side, side), kRounded) << side;
}

// The two bytes of a sample, either of them first, between others that are no samples.
TEST(PictureReader, PutsBytesTogether) {
  const auto bytes = noise(std::size_t{40} * 30 * 4, 5);
  for (const int high_byte : {1, -1}) {
    PictureLayout layout{40, 30, 1, {}, {}};
    for (auto& row : layout.to_rgb.weights) row[0] = 255.0F / 65535;
    for (auto& row : layout.to_rgb.weights) row[1] = row[2] = 0;
    const int low = high_byte > 0 ? 1 : 2;
    layout.component[0] = {0, low, 4, high_byte, {40}, {30}};
    layout.to_rgb.weights[0][1] = 0;
    ExactPicture exact;
    exact.colour = [](const testing::ExactColour& c) {
      return testing::ExactColour{c[0], c[0], c[0]};
    };
    exact.planes.push_back({40, 30});
    for (std::size_t i = 0; i < std::size_t{40} * 30; ++i)
      exact.planes[0].samples.push_back(
          (bytes[4 * i + static_cast<std::size_t>(low)] +
           256.0 * bytes[4 * i + static_cast<std::size_t>(low + high_byte)]) *
          255 / 65535);
    PictureReader reader(layout, {{0, 40}, {0, 30}}, 11, 13);
    EXPECT_LT(largest_difference(reader.read({{{bytes.data(), 160}}}).data,
                                 read_exactly(exact, {0, 0, 40, 30}, 11, 13)),
              kRounded);
  }
}

TEST(PictureReader, LimitsColours) {
  PictureLayout layout = rgb_layout(2, 1);
  layout.to_rgb.weights[0][0] = 3;
  layout.to_rgb.offsets[1] = 200;
  const std::vector<std::uint8_t> pixels{200, 100, 7, 0, 255, 9};
  PictureReader reader(layout, {{0, 2}, {0, 1}}, 2, 1);
  const RgbView view = reader.read({{{pixels.data(), 6}}});
  EXPECT_EQ(std::vector<std::uint8_t>(view.data, view.data + 6),
            (std::vector<std::uint8_t>{255, 0, 7, 0, 55, 9}));
}

}  // namespace
}  // namespace mvga
