// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Between which cells a position lies.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace mvga {

/// One output coordinate lies between two input cells.
struct BilinearTap {
  int low;
  int high;
  float weight;  ///< of `high`
};

/// Half-pixel centres and clamped borders, as torch.nn.functional.interpolate(align_corners=False).
inline std::vector<BilinearTap> bilinear_taps(int in, int out) {
  std::vector<BilinearTap> taps(static_cast<std::size_t>(out));
  const float scale = static_cast<float>(in) / static_cast<float>(out);
  for (int i = 0; i < out; ++i) {
    const float source = std::max((static_cast<float>(i) + 0.5f) * scale - 0.5f, 0.0f);
    const int low = std::min(static_cast<int>(source), in - 1);
    taps[static_cast<std::size_t>(i)] = {low, std::min(low + 1, in - 1),
                                         source - static_cast<float>(low)};
  }
  return taps;
}

}  // namespace mvga
