// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How bright the darker and the brighter parts of an image are.
#pragma once

#include <array>
#include <cstddef>

#include "core/features/rgb_view.h"

namespace mvga {

inline constexpr std::size_t kTones = 19;

/// Of red, green and blue: the logarithm of the value that 5, 10, ..., 95 % of the pixels do not
/// exceed, as a share of white; a little is added to all, so that black has one.
using Tones = std::array<std::array<double, kTones>, 3>;

/// A share of the pixels that is passed over: the darkest and the brightest of each colour.
struct PassedOver {
  double darkest = 0;
  double brightest = 0;
};

/// How often each value is there. Of large images some rows and columns stand for all.
using Histograms = std::array<std::array<double, 256>, 3>;
Histograms histograms_of(const RgbView& image);

Tones tones_of(const Histograms& histograms, const PassedOver& passed_over = {});
Tones tones_of(const RgbView& image);

/// The logarithm of an 8-bit value, and back.
double tone_of(double value);
double value_of(double tone);

}  // namespace mvga
