// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/gaussian/mahalanobis.h"

#include <algorithm>
#include <cstring>

// One binary serves all processors: the compiler makes a version of the kernel for each of these
// instruction sets, and the loader picks. Sanitizers run before the loader's choice can.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define MVGA_KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MVGA_KERNEL
#endif

namespace mvga {
namespace {

constexpr int kRows = 6;    // vectors taken together: 12 accumulators fit the registers
constexpr int kPanel = 32;  // outputs taken together
constexpr int kLane = 16;   // floats in one vector of the widest instruction set
using Lane = float __attribute__((vector_size(kLane * sizeof(float)), aligned(4), may_alias));

// Adds to sums[r] the squared norm of panel * rows[r] for kRows centred vectors.
// rows: [kRows, channels], panel: [channels, kPanel].
MVGA_KERNEL void add_panel(const float* rows, const float* panel, int channels, float* sums) {
  Lane low[kRows] = {};
  Lane high[kRows] = {};
  for (int c = 0; c < channels; ++c) {
    const Lane a = *reinterpret_cast<const Lane*>(panel + c * kPanel);
    const Lane b = *reinterpret_cast<const Lane*>(panel + c * kPanel + kLane);
    for (int r = 0; r < kRows; ++r) {
      const float x = rows[r * channels + c];
      low[r] += x * a;
      high[r] += x * b;
    }
  }
  for (int r = 0; r < kRows; ++r) {
    const Lane squares = low[r] * low[r] + high[r] * high[r];
    float sum = 0;
    for (int i = 0; i < kLane; ++i) sum += squares[i];
    sums[r] += sum;
  }
}

// centred = x - mean, in double, because the mean may be large against what is left.
MVGA_KERNEL void centre(const float* x, const double* mean, int channels, float* centred) {
  for (int c = 0; c < channels; ++c) centred[c] = static_cast<float>(x[c] - mean[c]);
}

MVGA_KERNEL void centre_about(const float* x, const float* mean, int channels, float* centred) {
  for (int c = 0; c < channels; ++c) centred[c] = x[c] - mean[c];
}

}  // namespace

MahalanobisDistance::MahalanobisDistance(const Gaussian& gaussian)
    : channels_(gaussian.channels()),
      panels_((gaussian.kept() + kPanel - 1) / kPanel),
      mean_(gaussian.mean.begin(), gaussian.mean.end()),
      whitening_(static_cast<std::size_t>(panels_) * channels_ * kPanel) {
  for (int k = 0; k < gaussian.kept(); ++k) {
    float* panel = whitening_.data() + static_cast<std::size_t>(k / kPanel) * channels_ * kPanel;
    for (int c = 0; c < channels_; ++c)
      panel[static_cast<std::size_t>(c) * kPanel + k % kPanel] = gaussian.whitening(k, c);
  }
}

/// @param centre writes a row without its mean
template <typename Centre>
void MahalanobisDistance::measure(std::size_t rows, float* distances, Centre centre) const {
  std::vector<float> centred(static_cast<std::size_t>(channels_) * kRows);
  const std::size_t panel_size = static_cast<std::size_t>(channels_) * kPanel;
  for (std::size_t first = 0; first < rows; first += kRows) {
    const int taken = static_cast<int>(std::min<std::size_t>(kRows, rows - first));
    for (int r = 0; r < kRows; ++r) {
      // A last group that is not full repeats its first vector.
      centre(first + (r < taken ? r : 0), centred.data() + static_cast<std::size_t>(r) * channels_);
    }
    float sums[kRows] = {};
    for (int p = 0; p < panels_; ++p)
      add_panel(centred.data(), whitening_.data() + p * panel_size, channels_, sums);
    std::copy_n(sums, taken, distances + first);
  }
}

void MahalanobisDistance::squared(const float* vectors, std::size_t rows, float* distances) const {
  measure(rows, distances, [&](std::size_t row, float* to) {
    centre(vectors + row * channels_, mean_.data(), channels_, to);
  });
}

void MahalanobisDistance::squared_about(const float* means, const float* vectors, std::size_t rows,
                                        float* distances) const {
  measure(rows, distances, [&](std::size_t row, float* to) {
    centre_about(vectors + row * channels_, means + row * channels_, channels_, to);
  });
}

}  // namespace mvga
