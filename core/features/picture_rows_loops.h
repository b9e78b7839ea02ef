// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The loops of picture_rows.h, included by picture_rows.cpp once for each kind of CPU, inside a
// namespace of its own: no include guard, no includes, and nothing from the standard library.

// A register, which the compiler does not make of an array.
using Lanes __attribute__((vector_size(kRowsAtOnce * sizeof(float)))) = float;

static void side_by_side(const std::uint8_t* const* rows, int length,
                         std::uint8_t* __restrict bytes, SideBySide* samples) {
  const std::uint8_t* const from[kRowsAtOnce] = {rows[0], rows[1], rows[2], rows[3],
                                                 rows[4], rows[5], rows[6], rows[7]};
  for (int x = 0; x < length; ++x)
    for (int r = 0; r < kRowsAtOnce; ++r) bytes[kRowsAtOnce * x + r] = from[r][x];
  auto* __restrict to = reinterpret_cast<float*>(samples);
  for (int i = 0; i < kRowsAtOnce * length; ++i) to[i] = static_cast<float>(bytes[i]);
}

static void join_bytes(SideBySide* samples, int step, int high_byte, int length) {
  for (int i = 0; i < length; ++i, samples += step)
    for (int r = 0; r < kRowsAtOnce; ++r) samples->row[r] += 256 * samples[high_byte].row[r];
}

static void weigh_columns(const SideBySide* samples, const int* first, int step,
                          const float* weights, int taps, int length, SideBySide* __restrict to) {
  for (int i = 0; i < length; ++i, weights += taps) {
    const SideBySide* from = samples + first[i];
    Lanes sum = {};
    for (int t = 0; t < taps; ++t) {
      Lanes sample;
      __builtin_memcpy(&sample, from[t * step].row, sizeof sample);
      sum += weights[t] * sample;
    }
    __builtin_memcpy(to[i].row, &sum, sizeof sum);
  }
}

static void one_below_the_other(const SideBySide* samples, int length, float* __restrict rows) {
  const auto* from = reinterpret_cast<const float*>(samples);
  for (int r = 0; r < kRowsAtOnce; ++r)
    for (int i = 0; i < length; ++i) rows[r * length + i] = from[kRowsAtOnce * i + r];
}

static void rounded_below_each_other(const SideBySide* samples, int length,
                                     float* __restrict rows) {
  const auto* from = reinterpret_cast<const float*>(samples);
  for (int r = 0; r < kRowsAtOnce; ++r)
    for (int i = 0; i < length; ++i) {
      const float and_a_half = from[kRowsAtOnce * i + r] + 0.5F;
      rows[r * length + i] = static_cast<float>(static_cast<int>(and_a_half));
    }
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
