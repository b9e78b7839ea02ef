// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The loops of cpu_kernels.h, included by cpu_kernels.cpp once for each kind of CPU, inside a
// namespace of its own: no include guard and no includes. Nothing from the standard library is
// called here: the linker might keep the version for the newest CPU for everyone.

/// exp(x) = 2^k exp(r), |r| <= ln(2) / 2, with a polynomial for exp(r). No branch and no call, so
/// that the compiler can vectorise the loops around it.
static inline __attribute__((always_inline)) float exponential(float x) {
  // Limited to +-87 as an integer: comparisons of floats stop GCC from vectorising on older CPUs.
  const auto bits = __builtin_bit_cast(std::uint32_t, x);
  auto magnitude = static_cast<std::int32_t>(bits & 0x7fffffffu);
  magnitude = magnitude < 0x42ae0000 ? magnitude : 0x42ae0000;
  x = __builtin_bit_cast(float, static_cast<std::uint32_t>(magnitude) | (bits & 0x80000000u));
  // Adding 1.5 * 2^23 rounds to an integer and leaves it in the lowest bits.
  constexpr float magic = 12582912.0f;
  const float shifted = x * 1.44269504f + magic;
  const float k = shifted - magic;
  const float r = (x - k * 0.693145752f) - k * 1.42860677e-6f;  // ln(2) in two parts
  float p = 1.38888889e-3f;
  p = p * r + 8.33333333e-3f;
  p = p * r + 4.16666667e-2f;
  p = p * r + 1.66666667e-1f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const std::uint32_t exponent = __builtin_bit_cast(std::uint32_t, shifted) << 23;
  return __builtin_bit_cast(float, __builtin_bit_cast(std::uint32_t, p) + exponent);
}

static void silu(float* x, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) x[i] = x[i] / (1.0f + exponential(-x[i]));
}

static void silu_and_sum(float* x, std::size_t positions, std::size_t channels,
                         float* __restrict sum, float* __restrict run) {
  // Sums are taken over short runs first: adding tens of thousands of numbers one by one to a float
  // would lose digits.
  constexpr std::size_t run_length = 64;
  for (std::size_t c = 0; c < channels; ++c) sum[c] = 0.0f;
  for (std::size_t begin = 0; begin < positions; begin += run_length) {
    const std::size_t end = begin + run_length < positions ? begin + run_length : positions;
    for (std::size_t c = 0; c < channels; ++c) run[c] = 0.0f;
    for (std::size_t p = begin; p < end; ++p) {
      float* __restrict row = x + p * channels;
      for (std::size_t c = 0; c < channels; ++c) {
        const float y = row[c] / (1.0f + exponential(-row[c]));
        row[c] = y;
        run[c] += y;
      }
    }
    for (std::size_t c = 0; c < channels; ++c) sum[c] += run[c];
  }
}

static void gate(const GateWeights& w, const float* __restrict mean, float* __restrict gate) {
  constexpr std::size_t lanes = 16;  // independent sums: one of a float cannot be vectorised
  for (std::size_t c = 0; c < w.channels; ++c) gate[c] = w.bias2[c];
  for (std::size_t r = 0; r < w.reduced; ++r) {
    const float* __restrict weight1 = w.weight1 + r * w.channels;
    float partial[lanes] = {};
    std::size_t c = 0;
    for (; c + lanes <= w.channels; c += lanes) {
      for (std::size_t i = 0; i < lanes; ++i) partial[i] += weight1[c + i] * mean[c + i];
    }
    float squeezed = w.bias1[r];
    for (float value : partial) squeezed += value;
    for (; c < w.channels; ++c) squeezed += weight1[c] * mean[c];
    squeezed /= 1.0f + exponential(-squeezed);

    const float* __restrict weight2 = w.weight2 + r * w.channels;
    for (c = 0; c < w.channels; ++c) gate[c] += weight2[c] * squeezed;
  }
  for (std::size_t c = 0; c < w.channels; ++c) gate[c] = 1.0f / (1.0f + exponential(-gate[c]));
}
