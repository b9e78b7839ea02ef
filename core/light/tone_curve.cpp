// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/light/tone_curve.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace mvga {
namespace {

constexpr double kDark = 0.08;  // of white: tones below it count less, as noise moves them more
constexpr double kWhiteValue = 253.5;
constexpr double kNear = 0.03;  // deviations up to this count fully
constexpr double kRidge = 2;    // tones' worth of belief that there is no exponent
constexpr double kLeastExponent = 0.2;
constexpr int kRounds = 12;

/// Weighted sums of one colour's tones x and reference y.
struct Sums {
  double w = 0, x = 0, y = 0, xx = 0, xy = 0;
};

/// Weights of tones, by how far the last curve was off: reference - curve(tone). Of what is white,
/// nobody knows how bright it was.
double weight_of(double deviation, double tone, double reference) {
  const bool brighter_reference = reference >= white_tone() && deviation < 0;
  const bool brighter_image = tone >= white_tone() && deviation > 0;
  if (brighter_reference || brighter_image || std::min(tone, reference) >= white_tone()) return 0;
  const double value = std::exp(reference);
  return value / (value + kDark) / std::max(std::abs(deviation) / kNear, 1.0);
}

std::array<Sums, 3> sums_about(const ToneCurve& curve, const Tones& tones, const Tones& reference,
                               const MiddleTones& middles) {
  std::array<Sums, 3> sums;
  for (std::size_t c = 0; c < 3; ++c)
    for (std::size_t i = 0; i < kTones; ++i) {
      const double x = tones[c][i] - middles[c];
      const double y = reference[c][i] - middles[c];
      const double w =
          weight_of(y - curve.shifts[c] - curve.exponent * x, tones[c][i], reference[c][i]);
      sums[c].w += w;
      sums[c].x += w * x;
      sums[c].y += w * y;
      sums[c].xx += w * x * x;
      sums[c].xy += w * x * y;
    }
  return sums;
}

ToneCurve least_squares(const std::array<Sums, 3>& sums) {
  double above = kRidge;
  double below = kRidge;
  for (const Sums& s : sums) {
    if (!(s.w > 0)) continue;
    above += s.xy - s.x * s.y / s.w;
    below += s.xx - s.x * s.x / s.w;
  }
  ToneCurve curve;
  curve.exponent = std::max(above / below, kLeastExponent);
  for (std::size_t c = 0; c < 3; ++c)
    if (sums[c].w > 0) curve.shifts[c] = (sums[c].y - curve.exponent * sums[c].x) / sums[c].w;
  return curve;
}

}  // namespace

MiddleTones middle_tones(const Tones& tones) {
  MiddleTones middles{};
  for (std::size_t c = 0; c < 3; ++c)
    for (const double tone : tones[c]) middles[c] += tone / kTones;
  return middles;
}

double white_tone() {
  static const double tone = tone_of(kWhiteValue);
  return tone;
}

ToneCurve curve_between(const Tones& tones, const Tones& reference) {
  const MiddleTones middles = middle_tones(reference);
  ToneCurve curve;
  for (int round = 0; round < kRounds; ++round)
    curve = least_squares(sums_about(curve, tones, reference, middles));
  return curve;
}

}  // namespace mvga
