// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The curve that turns an image's tones into those of another.
#pragma once

#include <array>

#include "core/light/tones.h"

namespace mvga {

/// The mean tone of each colour.
using MiddleTones = std::array<double, 3>;
MiddleTones middle_tones(const Tones& tones);

/// The tone above which a pixel counts as white.
double white_tone();

/// Of each colour: reference - middle = shift + exponent * (tone - middle), with the reference's
/// middle. A shift is a factor on the values, the exponent is one for all colours.
struct ToneCurve {
  std::array<double, 3> shifts{};
  double exponent = 1;
};

/// Least absolute deviations, by reweighted least squares, so that a part of the image that is
/// another thing hardly counts; drawn towards no exponent where a flat image does not tell. What is
/// white in one of both counts only where it would have to be darker.
ToneCurve curve_between(const Tones& tones, const Tones& reference);

}  // namespace mvga
