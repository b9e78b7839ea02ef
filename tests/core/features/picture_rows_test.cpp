// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A picture is the same on every CPU, to the last bit: a model is learned on one and used on
// another.
#include "core/features/picture_rows.h"

#include <gtest/gtest.h>

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
  explicit Result(const PictureRowLoops& loops, int taps) {
    const auto bytes = some_bytes(std::size_t{kLength} * 32);
    const auto weights = some_weights(std::size_t{kLength} * 16);
    sums.resize(std::size_t{kLength} * kRowsAtOnce);
    for (int r = 0; r < kRowsAtOnce; ++r)
      loops.weigh_rows(bytes.data() + r, kLength, weights.data() + r, taps, kLength,
                       sums.data() + std::ptrdiff_t{r} * kLength);
    samples.resize(kLength);
    loops.side_by_side(sums.data(), kLength, samples.data());
    loops.join_bytes(samples.data(), 4, 1, kLength / 4);
    std::vector<int> first(kLength);
    for (int i = 0; i < kLength; ++i) first[static_cast<std::size_t>(i)] = i % (kLength - 2 * taps);
    columns.resize(kLength);
    loops.weigh_columns(samples.data(), first.data(), 2, weights.data(), taps, kLength,
                        columns.data());
    const ToRgb matrix{{{0.01F, 0, 0.02F}, {0.01F, -0.004F, -0.007F}, {0.01F, 0.018F, 0}},
                       {16, 128, 128}};
    const std::size_t all = std::size_t{kLength} * kRowsAtOnce;
    std::vector<std::uint8_t> red(all);
    std::vector<std::uint8_t> green(all);
    std::vector<std::uint8_t> blue(all);
    loops.to_rgb(matrix, columns.data(), samples.data(), columns.data(), kLength, red.data(),
                 green.data(), blue.data());
    rgb.resize(3 * all);
    loops.one_below_the_other(red.data(), green.data(), blue.data(), kLength, kRowsAtOnce,
                              rgb.data());
  }

  std::vector<float> sums;
  std::vector<SideBySide> samples;
  std::vector<SideBySide> columns;
  std::vector<std::uint8_t> rgb;
};

TEST(PictureRows, AreTheSameOnEveryCpu) {
  for (int taps = 1; taps <= 13; ++taps) {
    const Result here(picture_row_loops(), taps);
    const Result anywhere(portable_picture_row_loops(), taps);
    EXPECT_EQ(here.sums, anywhere.sums) << taps;
    EXPECT_EQ(std::memcmp(here.columns.data(), anywhere.columns.data(),
                          here.columns.size() * sizeof(SideBySide)),
              0)
        << taps;
    EXPECT_EQ(here.rgb, anywhere.rgb) << taps;
  }
}

}  // namespace
}  // namespace mvga
