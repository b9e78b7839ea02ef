// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The loops of picture_reader.h over rows, each compiled for several generations of CPUs.
#pragma once

#include <cstdint>

#include "core/features/picture_layout.h"

namespace mvga {

/// How many rows of a picture go together.
inline constexpr int kRowsAtOnce = 8;

/// What these rows have in one column.
struct alignas(kRowsAtOnce * sizeof(float)) SideBySide {
  float row[kRowsAtOnce];
};

struct PictureRowLoops {
  /// samples[x].row[r] = rows[r][x]
  void (*side_by_side)(const std::uint8_t* const* rows, int length, SideBySide* samples);
  /// Samples of two bytes: 256 times the one `high_byte` behind it is added to every `step`th.
  void (*join_bytes)(SideBySide* samples, int step, int high_byte, int length);
  /// to[c * length + i] = the sum of weights[i * taps + t] *
  ///   samples[first[i] + offsets[c] + t * step], for `components` from 1 to 3
  void (*weigh_columns)(const SideBySide* samples, const int* first, const int* offsets,
                        int components, int step, const float* weights, int taps, int length,
                        SideBySide* to);
  /// rows[r * length + i] = samples[i].row[r]
  void (*one_below_the_other)(const SideBySide* samples, int length, float* rows);
  /// The same, in whole numbers.
  void (*rounded_below_each_other)(const SideBySide* samples, int length, float* rows);
  /// sums[x] = the sum of weights[t] * rows[t][x]
  void (*weigh_rows)(const float* const* rows, const float* weights, int taps, int length,
                     float* sums);
  /// Of a, b and c the colours, rounded and within 0..255; each through an array of its own.
  void (*to_rgb)(const ToRgb& to_rgb, const float* a, const float* b, const float* c, int length,
                 std::uint8_t* red, std::uint8_t* green, std::uint8_t* blue, std::uint8_t* rgb);
};

/// For this CPU.
const PictureRowLoops& picture_row_loops();
/// For every CPU. They give the same.
const PictureRowLoops& portable_picture_row_loops();

}  // namespace mvga
