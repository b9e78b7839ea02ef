// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The scale on which a network wants the colours of its images.
#pragma once

#include <array>

namespace mvga {

/// (value / 255 - mean) / deviation, for each of R, G and B.
struct Normalisation {
  std::array<float, 3> mean;
  std::array<float, 3> deviation;
};

inline constexpr Normalisation imagenet{{0.485f, 0.456f, 0.406f}, {0.229f, 0.224f, 0.225f}};
inline constexpr Normalisation from_minus_one_to_one{{0.5f, 0.5f, 0.5f}, {0.5f, 0.5f, 0.5f}};

}  // namespace mvga
