// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/light/tones.h"

#include <algorithm>
#include <cmath>

namespace mvga {
namespace {

constexpr double kWhite = 255;
constexpr double kAboveBlack = 2;  // of 255: below it, noise is all there is
constexpr int kSide = 256;         // pixels in a row and a column that are enough

using Counts = Histograms::value_type;

/// The values are spread evenly over half a level to each side.
std::array<double, kTones> quantiles_of(const Counts& counts, const PassedOver& passed_over) {
  double all = 0;
  for (const double count : counts) all += count;
  const double first = all * passed_over.darkest;
  const double left = all * (1 - passed_over.darkest - passed_over.brightest);
  std::array<double, kTones> tones{};
  std::size_t value = 0;
  double below = 0;
  for (std::size_t i = 0; i < kTones; ++i) {
    const double wanted = first + left * static_cast<double>(i + 1) / (kTones + 1);
    while (below + counts[value] < wanted && value < 255) below += counts[value++];
    const double within = (wanted - below) / std::max(counts[value], 1.0);
    tones[i] = tone_of(static_cast<double>(value) - 0.5 + within);
  }
  return tones;
}

}  // namespace

Histograms histograms_of(const RgbView& image) {
  Histograms counts{};
  const int step_x = (image.width + kSide - 1) / kSide;
  const int step_y = (image.height + kSide - 1) / kSide;
  for (int y = step_y / 2; y < image.height; y += step_y) {
    const std::uint8_t* row = image.data + y * image.stride;
    for (int x = step_x / 2; x < image.width; x += step_x)
      for (std::size_t c = 0; c < 3; ++c) ++counts[c][row[3 * static_cast<std::size_t>(x) + c]];
  }
  return counts;
}

double tone_of(double value) {
  return std::log((std::max(value, 0.0) + kAboveBlack) / kWhite);
}

double value_of(double tone) {
  return std::exp(tone) * kWhite - kAboveBlack;
}

Tones tones_of(const Histograms& histograms, const PassedOver& passed_over) {
  Tones tones{};
  std::transform(histograms.begin(), histograms.end(), tones.begin(),
                 [&](const Counts& counts) { return quantiles_of(counts, passed_over); });
  return tones;
}

Tones tones_of(const RgbView& image) {
  return tones_of(histograms_of(image));
}

}  // namespace mvga
