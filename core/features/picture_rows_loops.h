// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The loops of picture_rows.h, included by picture_rows.cpp once for each kind of CPU, inside a
// namespace of its own: no include guard, no includes, and nothing from the standard library.

// Registers, which the compiler does not make of an array.
using Lanes __attribute__((vector_size(kRowsAtOnce * sizeof(float)))) = float;
using IntLanes __attribute__((vector_size(kRowsAtOnce * sizeof(int)))) = int;
using Four __attribute__((vector_size(4 * sizeof(float)))) = float;
using FourInts __attribute__((vector_size(4 * sizeof(int)))) = int;

template <typename Row>
static inline __attribute__((always_inline)) void transpose(Row (&rows)[4]) {
  const Row a = __builtin_shufflevector(rows[0], rows[1], 0, 4, 1, 5);
  const Row b = __builtin_shufflevector(rows[0], rows[1], 2, 6, 3, 7);
  const Row c = __builtin_shufflevector(rows[2], rows[3], 0, 4, 1, 5);
  const Row d = __builtin_shufflevector(rows[2], rows[3], 2, 6, 3, 7);
  rows[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  rows[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  rows[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  rows[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}

/// 16 columns. Four bytes of a row stay together, as one number, until the rows are side by side.
static inline __attribute__((always_inline)) void sixteen_side_by_side(
    const std::uint8_t* const* rows, int x, SideBySide* samples) {
  FourInts upper[4];
  FourInts lower[4];
  for (int r = 0; r < 4; ++r) {
    __builtin_memcpy(&upper[r], rows[r] + x, sizeof upper[r]);
    __builtin_memcpy(&lower[r], rows[r + 4] + x, sizeof lower[r]);
  }
  transpose(upper);
  transpose(lower);
  for (int k = 0; k < 16; ++k) {
    const IntLanes bytes =
        __builtin_shufflevector(upper[k / 4], lower[k / 4], 0, 1, 2, 3, 4, 5, 6, 7);
    const int byte = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? k % 4 : 3 - k % 4;
    const Lanes values = __builtin_convertvector((bytes >> (8 * byte)) & 255, Lanes);
    __builtin_memcpy(samples[x + k].row, &values, sizeof values);
  }
}

static void side_by_side(const std::uint8_t* const* rows, int length, SideBySide* samples) {
  const std::uint8_t* const from[kRowsAtOnce] = {rows[0], rows[1], rows[2], rows[3],
                                                 rows[4], rows[5], rows[6], rows[7]};
  if (length < 16) {
    for (int x = 0; x < length; ++x)
      for (int r = 0; r < kRowsAtOnce; ++r) samples[x].row[r] = static_cast<float>(from[r][x]);
    return;
  }
  for (int x = 0; x <= length - 16; x += 16) sixteen_side_by_side(from, x, samples);
  sixteen_side_by_side(from, length - 16, samples);
}

static void join_bytes(SideBySide* samples, int step, int high_byte, int length) {
  for (int i = 0; i < length; ++i, samples += step)
    for (int r = 0; r < kRowsAtOnce; ++r) samples->row[r] += 256 * samples[high_byte].row[r];
}

/// Components that lie alike share their weights.
template <int kComponents>
static inline __attribute__((always_inline)) void weigh_columns_of(
    const SideBySide* samples, const int* first, const int* offsets, int step, const float* weights,
    int taps, int length, SideBySide* __restrict to) {
  for (int i = 0; i < length; ++i, weights += taps) {
    const SideBySide* from[kComponents];
    Lanes sums[kComponents];
    for (int c = 0; c < kComponents; ++c) {
      from[c] = samples + (first[i] + offsets[c]);
      sums[c] = Lanes{};
    }
    for (int t = 0; t < taps; ++t) {
      for (int c = 0; c < kComponents; ++c) {
        Lanes sample;
        __builtin_memcpy(&sample, from[c][t * step].row, sizeof sample);
        sums[c] += weights[t] * sample;
      }
    }
    for (int c = 0; c < kComponents; ++c)
      __builtin_memcpy(to[c * length + i].row, &sums[c], sizeof sums[c]);
  }
}

static void weigh_columns(const SideBySide* samples, const int* first, const int* offsets,
                          int components, int step, const float* weights, int taps, int length,
                          SideBySide* to) {
  if (components == 3)
    weigh_columns_of<3>(samples, first, offsets, step, weights, taps, length, to);
  else if (components == 2)
    weigh_columns_of<2>(samples, first, offsets, step, weights, taps, length, to);
  else
    weigh_columns_of<1>(samples, first, offsets, step, weights, taps, length, to);
}

template <bool kRounded>
static inline __attribute__((always_inline)) void below_each_other(const SideBySide* samples,
                                                                   int length,
                                                                   float* __restrict rows) {
  int i = 0;
  for (; i <= length - 4; i += 4) {
    for (int r = 0; r < kRowsAtOnce; r += 4) {
      Four four[4];
      for (int k = 0; k < 4; ++k) {
        __builtin_memcpy(&four[k], samples[i + k].row + r, sizeof four[k]);
        if (kRounded)
          four[k] =
              __builtin_convertvector(__builtin_convertvector(four[k] + 0.5F, FourInts), Four);
      }
      transpose(four);
      for (int k = 0; k < 4; ++k)
        __builtin_memcpy(rows + (r + k) * length + i, &four[k], sizeof four[k]);
    }
  }
  for (; i < length; ++i) {
    for (int r = 0; r < kRowsAtOnce; ++r) {
      const float value = samples[i].row[r];
      // As the vectors above; nothing is below zero.
      const float raised = value + 0.5F;
      rows[r * length + i] = kRounded ? static_cast<float>(static_cast<int>(raised)) : value;
    }
  }
}

static void one_below_the_other(const SideBySide* samples, int length, float* rows) {
  below_each_other<false>(samples, length, rows);
}

static void rounded_below_each_other(const SideBySide* samples, int length, float* rows) {
  below_each_other<true>(samples, length, rows);
}

static void weigh_rows(const float* const* rows, const float* weights, int taps, int length,
                       float* __restrict sums) {
  int t = (taps - 1) % 2 + 1;
  const float w0 = weights[0];
  const float w1 = t == 2 ? weights[1] : 0;
  const float* a = rows[0];
  const float* b = rows[t - 1];
  for (int x = 0; x < length; ++x) sums[x] = w0 * a[x] + w1 * b[x];
  for (; t < taps; t += 2) {
    const float wc = weights[t];
    const float wd = weights[t + 1];
    const float* c = rows[t];
    const float* d = rows[t + 1];
    for (int x = 0; x < length; ++x) sums[x] += wc * c[x] + wd * d[x];
  }
}

static inline __attribute__((always_inline)) std::uint8_t as_byte(float value) {
  value = value < 0.0F ? 0.0F : value;
  value = value > 255.0F ? 255.0F : value;
  return static_cast<std::uint8_t>(static_cast<int>(value));
}

static void to_rgb(const ToRgb& to, const float* x, const float* y, const float* z, int length,
                   std::uint8_t* __restrict red, std::uint8_t* __restrict green,
                   std::uint8_t* __restrict blue, std::uint8_t* __restrict rgb) {
  const ToRgb m = to;  // the compiler cannot know that no byte that is written is a part of it
  float base[3];
  for (int k = 0; k < 3; ++k)  // what is cut off at the end rounds
    base[k] = 0.5F - (m.weights[k][0] * m.offsets[0] + m.weights[k][1] * m.offsets[1] +
                      m.weights[k][2] * m.offsets[2]);
  for (int i = 0; i < length; ++i) {
    red[i] = as_byte((m.weights[0][0] * x[i] + m.weights[0][1] * y[i]) +
                     (m.weights[0][2] * z[i] + base[0]));
    green[i] = as_byte((m.weights[1][0] * x[i] + m.weights[1][1] * y[i]) +
                       (m.weights[1][2] * z[i] + base[1]));
    blue[i] = as_byte((m.weights[2][0] * x[i] + m.weights[2][1] * y[i]) +
                      (m.weights[2][2] * z[i] + base[2]));
  }
  for (int i = 0; i < length; ++i) {
    rgb[3 * i] = red[i];
    rgb[3 * i + 1] = green[i];
    rgb[3 * i + 2] = blue[i];
  }
}
