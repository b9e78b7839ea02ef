// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A picture is the same on every CPU, to the last bit: a model is learned on one and used on
// another.
#include "core/features/picture_rows.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <vector>

#include "core/base/splitmix.h"

namespace mvga {
namespace {

constexpr int kLength = 203;

std::vector<std::uint8_t> some_bytes(std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  for (std::size_t i = 0; i < size; ++i)
    bytes[i] = static_cast<std::uint8_t>(splitmix64(kSplitMixStep * (i + 1)));
  return bytes;
}

std::vector<float> some_weights(std::size_t size) {
  std::vector<float> weights(size);
  for (std::size_t i = 0; i < size; ++i)
    weights[i] = static_cast<float>(splitmix64(kSplitMixStep * (i + 7)) >> 40) / (1 << 24);
  return weights;
}

/// What the loops make of the same bytes, all in a row.
struct Result {
  explicit Result(const PictureRowLoops& loops, int taps, int components) {
    const auto bytes = some_bytes(std::size_t{kLength} * kRowsAtOnce);
    const auto weights = some_weights(std::size_t{kLength} * 16);
    std::vector<const std::uint8_t*> from;
    for (int r = 0; r < kRowsAtOnce; ++r)
      from.push_back(bytes.data() + std::ptrdiff_t{r} * kLength);
    samples.resize(kLength);
    loops.side_by_side(from.data(), kLength, samples.data());
    loops.join_bytes(samples.data(), 4, 1, kLength / 4);
    std::vector<int> first(kLength);
    for (int i = 0; i < kLength; ++i)
      first[static_cast<std::size_t>(i)] = i % (kLength - 2 * taps - 2);
    const int offsets[] = {1, 0, 2};
    columns.resize(std::size_t{kLength} * 3);
    loops.weigh_columns(samples.data(), first.data(), offsets, components, 2, weights.data(), taps,
                        kLength, columns.data());
    rows.resize(std::size_t{kLength} * kRowsAtOnce);
    loops.one_below_the_other(columns.data(), kLength, rows.data());
    rounded.resize(rows.size());
    loops.rounded_below_each_other(columns.data(), kLength, rounded.data());
    std::vector<const float*> taken;
    for (int t = 0; t < taps; ++t)
      taken.push_back(rows.data() + std::ptrdiff_t{t % kRowsAtOnce} * kLength);
    sums.resize(kLength);
    loops.weigh_rows(taken.data(), weights.data(), taps, kLength, sums.data());
    const ToRgb matrix{{{1e-3F, 0, 2e-3F}, {1e-3F, -4e-4F, -7e-4F}, {1e-3F, 2e-3F, 0}},
                       {16, 128, 128}};
    std::vector<std::uint8_t> red(kLength);
    std::vector<std::uint8_t> green(kLength);
    std::vector<std::uint8_t> blue(kLength);
    rgb.resize(std::size_t{3} * kLength);
    loops.to_rgb(matrix, sums.data(), rows.data(), rounded.data(), kLength, red.data(),
                 green.data(), blue.data(), rgb.data());
  }

  std::vector<SideBySide> samples;
  std::vector<SideBySide> columns;
  std::vector<float> rows;
  std::vector<float> rounded;
  std::vector<float> sums;
  std::vector<std::uint8_t> rgb;
};

bool same(const std::vector<SideBySide>& a, const std::vector<SideBySide>& b) {
  return std::memcmp(a.data(), b.data(), a.size() * sizeof(SideBySide)) == 0;
}

TEST(PictureRows, AreTheSameOnEveryCpu) {
  for (int components = 1; components <= 3; ++components) {
    for (int taps = 1; taps <= 13; ++taps) {
      const Result here(picture_row_loops(), taps, components);
      const Result anywhere(portable_picture_row_loops(), taps, components);
      EXPECT_TRUE(same(here.samples, anywhere.samples)) << taps;
      EXPECT_TRUE(same(here.columns, anywhere.columns)) << taps << ", " << components;
      EXPECT_EQ(here.rows, anywhere.rows) << taps;
      EXPECT_EQ(here.rounded, anywhere.rounded) << taps;
      EXPECT_EQ(here.sums, anywhere.sums) << taps;
      EXPECT_EQ(here.rgb, anywhere.rgb) << taps;
    }
  }
}

TEST(PictureRows, LieSideBySideWhateverTheirLength) {
  for (const int length : {1, 15, 16, 17, 47, 48}) {
    const auto bytes = some_bytes(static_cast<std::size_t>(length) * kRowsAtOnce);
    std::vector<const std::uint8_t*> from;
    for (int r = 0; r < kRowsAtOnce; ++r) from.push_back(bytes.data() + std::ptrdiff_t{r} * length);
    std::vector<SideBySide> samples(static_cast<std::size_t>(length));
    picture_row_loops().side_by_side(from.data(), length, samples.data());
    for (int x = 0; x < length; ++x)
      for (int r = 0; r < kRowsAtOnce; ++r)
        EXPECT_EQ(samples[static_cast<std::size_t>(x)].row[r], from[static_cast<std::size_t>(r)][x])
            << x << " of " << length << ", row " << r;
  }
}

TEST(PictureRows, OfSeveralComponentsAreThoseOfEach) {
  std::vector<SideBySide> samples(kLength);
  const auto values = some_weights(std::size_t{kLength} * kRowsAtOnce);
  std::memcpy(samples.data(), values.data(), values.size() * sizeof(float));
  const std::vector<int> first{0, 3, 30, 31, 90};
  const auto weights = some_weights(first.size() * 7);
  const int offsets[] = {2, 0, 5};
  const auto weighed = [&](const int* of, int components) {
    std::vector<SideBySide> to(first.size() * static_cast<std::size_t>(components));
    picture_row_loops().weigh_columns(samples.data(), first.data(), of, components, 3,
                                      weights.data(), 7, static_cast<int>(first.size()), to.data());
    return to;
  };
  std::vector<SideBySide> one_by_one;
  for (int c = 0; c < 3; ++c) {
    const auto one = weighed(offsets + c, 1);
    one_by_one.insert(one_by_one.end(), one.begin(), one.end());
    EXPECT_TRUE(same(weighed(offsets, c + 1), one_by_one)) << c + 1 << " components";
  }
}

}  // namespace
}  // namespace mvga
