// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A picture is the same on every CPU, to the last bit: a model is learned on one and used on
// another.
#include "core/features/picture_rows.h"

#include <gtest/gtest.h>

#include <cstddef>
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
    const auto bytes = some_bytes(std::size_t{kLength} * kRowsAtOnce);
    const auto weights = some_weights(std::size_t{kLength} * 16);
    std::vector<const std::uint8_t*> from;
    for (int r = 0; r < kRowsAtOnce; ++r)
      from.push_back(bytes.data() + std::ptrdiff_t{r} * kLength);
    std::vector<std::uint8_t> between(bytes.size());
    samples.resize(kLength);
    loops.side_by_side(from.data(), kLength, between.data(), samples.data());
    loops.join_bytes(samples.data(), 4, 1, kLength / 4);
    std::vector<int> first(kLength);
    for (int i = 0; i < kLength; ++i) first[static_cast<std::size_t>(i)] = i % (kLength - 2 * taps);
    columns.resize(kLength);
    loops.weigh_columns(samples.data(), first.data(), 2, weights.data(), taps, kLength,
                        columns.data());
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

TEST(PictureRows, AreTheSameOnEveryCpu) {
  for (int taps = 1; taps <= 13; ++taps) {
    const Result here(picture_row_loops(), taps);
    const Result anywhere(portable_picture_row_loops(), taps);
    EXPECT_EQ(here.rows, anywhere.rows) << taps;
    EXPECT_EQ(here.rounded, anywhere.rounded) << taps;
    EXPECT_EQ(here.sums, anywhere.sums) << taps;
    EXPECT_EQ(here.rgb, anywhere.rgb) << taps;
  }
}

}  // namespace
}  // namespace mvga
