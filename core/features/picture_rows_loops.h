// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The loops of picture_rows.h, included by picture_rows.cpp once for each kind of CPU, inside a
// namespace of its own: no include guard, no includes, and nothing from the standard library.

static inline __attribute__((always_inline)) float weighed(const std::uint8_t* row, int x,
                                                           float weight) {
  return weight * static_cast<float>(row[x]);
}

/// The first one to four rows; what was in `sums` is forgotten.
static inline __attribute__((always_inline)) void weigh_first_rows(const std::uint8_t* a,
                                                                   std::ptrdiff_t stride,
                                                                   const float* w, int rows,
                                                                   int length,
                                                                   float* __restrict sums) {
  const std::uint8_t* b = a + stride;
  const std::uint8_t* c = b + stride;
  const std::uint8_t* d = c + stride;
  switch (rows) {
    case 1:
      for (int x = 0; x < length; ++x) sums[x] = weighed(a, x, w[0]);
      return;
    case 2:
      for (int x = 0; x < length; ++x) sums[x] = weighed(a, x, w[0]) + weighed(b, x, w[1]);
      return;
    case 3:
      for (int x = 0; x < length; ++x)
        sums[x] = (weighed(a, x, w[0]) + weighed(b, x, w[1])) + weighed(c, x, w[2]);
      return;
    default:
      for (int x = 0; x < length; ++x)
        sums[x] = (weighed(a, x, w[0]) + weighed(b, x, w[1])) +
                  (weighed(c, x, w[2]) + weighed(d, x, w[3]));
  }
}

static void weigh_rows(const std::uint8_t* rows, std::ptrdiff_t stride, const float* weights,
                       int taps, int length, float* __restrict sums) {
  int t = (taps - 1) % 4 + 1;
  weigh_first_rows(rows, stride, weights, t, length, sums);
  for (; t < taps; t += 4) {
    const std::uint8_t* a = rows + t * stride;
    const std::uint8_t* b = a + stride;
    const std::uint8_t* c = b + stride;
    const std::uint8_t* d = c + stride;
    const float* w = weights + t;
    for (int x = 0; x < length; ++x)
      sums[x] +=
          (weighed(a, x, w[0]) + weighed(b, x, w[1])) + (weighed(c, x, w[2]) + weighed(d, x, w[3]));
  }
}

static void side_by_side(const float* sums, int length, SideBySide* samples) {
  float* __restrict to = samples[0].row;
  for (int x = 0; x < length; ++x)
    for (int r = 0; r < kRowsAtOnce; ++r) to[kRowsAtOnce * x + r] = sums[r * length + x];
}

static void join_bytes(SideBySide* samples, int step, int high_byte, int length) {
  for (int i = 0; i < length; ++i, samples += step)
    for (int r = 0; r < kRowsAtOnce; ++r) samples->row[r] += 256 * samples[high_byte].row[r];
}

static void weigh_columns(const SideBySide* samples, const int* first, int step,
                          const float* weights, int taps, int length, SideBySide* __restrict to) {
  // A register, which the compiler does not make of an array.
  typedef float Rows __attribute__((vector_size(sizeof(SideBySide))));
  for (int i = 0; i < length; ++i, weights += taps) {
    const SideBySide* from = samples + first[i];
    Rows sum = {};
    for (int t = 0; t < taps; ++t) {
      Rows sample;
      __builtin_memcpy(&sample, from[t * step].row, sizeof sample);
      sum += weights[t] * sample;
    }
    __builtin_memcpy(to[i].row, &sum, sizeof sum);
  }
}

static inline __attribute__((always_inline)) std::uint8_t as_byte(float value) {
  value = value < 0.0F ? 0.0F : value;
  value = value > 255.0F ? 255.0F : value;
  return static_cast<std::uint8_t>(static_cast<int>(value));
}

static void to_rgb(const ToRgb& to, const SideBySide* a, const SideBySide* b, const SideBySide* c,
                   int length, std::uint8_t* __restrict red, std::uint8_t* __restrict green,
                   std::uint8_t* __restrict blue) {
  const ToRgb m = to;  // the compiler cannot know that no byte that is written is a part of it
  float base[3];
  for (int k = 0; k < 3; ++k)  // what is cut off at the end rounds
    base[k] = 0.5F - (m.weights[k][0] * m.offsets[0] + m.weights[k][1] * m.offsets[1] +
                      m.weights[k][2] * m.offsets[2]);
  const float* x = a->row;
  const float* y = b->row;
  const float* z = c->row;
  for (int i = 0; i < length * kRowsAtOnce; ++i) {
    red[i] = as_byte((m.weights[0][0] * x[i] + m.weights[0][1] * y[i]) +
                     (m.weights[0][2] * z[i] + base[0]));
    green[i] = as_byte((m.weights[1][0] * x[i] + m.weights[1][1] * y[i]) +
                       (m.weights[1][2] * z[i] + base[1]));
    blue[i] = as_byte((m.weights[2][0] * x[i] + m.weights[2][1] * y[i]) +
                      (m.weights[2][2] * z[i] + base[2]));
  }
}

static void one_below_the_other(const std::uint8_t* red, const std::uint8_t* green,
                                const std::uint8_t* blue, int length, int rows,
                                std::uint8_t* __restrict rgb) {
  for (int r = 0; r < rows; ++r)
    for (int i = 0; i < length; ++i, rgb += 3) {
      rgb[0] = red[kRowsAtOnce * i + r];
      rgb[1] = green[kRowsAtOnce * i + r];
      rgb[2] = blue[kRowsAtOnce * i + r];
    }
}
