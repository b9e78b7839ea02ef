// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The loops of picture_reader.h over rows, each compiled for several generations of CPUs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/features/picture_layout.h"

namespace mvga {

/// How many output rows go together.
inline constexpr int kRowsAtOnce = 8;

/// What these rows have in one column.
struct alignas(kRowsAtOnce * sizeof(float)) SideBySide {
  float row[kRowsAtOnce];
};

struct PictureRowLoops {
  /// sums[x] = the sum of weights[t] * rows[t * stride + x]
  void (*weigh_rows)(const std::uint8_t* rows, std::ptrdiff_t stride, const float* weights,
                     int taps, int length, float* sums);
  /// samples[x].row[r] = sums[r * length + x]
  void (*side_by_side)(const float* sums, int length, SideBySide* samples);
  /// Samples of two bytes: 256 times the one `high_byte` behind it is added to every `step`th.
  void (*join_bytes)(SideBySide* samples, int step, int high_byte, int length);
  /// to[i] = the sum of weights[i * taps + t] * samples[first[i] + t * step]
  void (*weigh_columns)(const SideBySide* samples, const int* first, int step, const float* weights,
                        int taps, int length, SideBySide* to);
  /// Of a, b and c the colours, rounded and within 0..255: red[i][r] and so on.
  void (*to_rgb)(const ToRgb& to_rgb, const SideBySide* a, const SideBySide* b, const SideBySide* c,
                 int length, std::uint8_t* red, std::uint8_t* green, std::uint8_t* blue);
  /// rgb[r][i] = {red[i][r], green[i][r], blue[i][r]}, of the first `rows` rows
  void (*one_below_the_other)(const std::uint8_t* red, const std::uint8_t* green,
                              const std::uint8_t* blue, int length, int rows, std::uint8_t* rgb);
};

/// For this CPU.
const PictureRowLoops& picture_row_loops();
/// For every CPU. They give the same.
const PictureRowLoops& portable_picture_row_loops();

}  // namespace mvga
