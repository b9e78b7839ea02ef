// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/pictures/picture.h"

#include <algorithm>
#include <cmath>

namespace mvga::distill {
namespace {

std::vector<float> gaussian_taps(float sigma) {
  const int radius = std::max(1, static_cast<int>(std::ceil(2.5F * sigma)));
  std::vector<float> taps(2 * radius + 1);
  float sum = 0;
  for (int i = -radius; i <= radius; ++i) {
    const float t = static_cast<float>(i) / sigma;
    sum += taps[i + radius] = std::exp(-0.5F * t * t);
  }
  for (float& tap : taps) tap /= sum;
  return taps;
}

}  // namespace

void lay_over(Picture& below, const Picture& above, const Field& mask) {
  for (int c = 0; c < 3; ++c) {
    float* to = below.planes[c].values.data();
    const float* from = above.planes[c].values.data();
    for (std::size_t i = 0; i < mask.values.size(); ++i)
      to[i] += (from[i] - to[i]) * mask.values[i];
  }
}

void stretch(Field& field) {
  const auto [low, high] = std::minmax_element(field.values.begin(), field.values.end());
  const float bottom = *low;
  const float factor = *high > bottom ? 1 / (*high - bottom) : 0;
  for (float& value : field.values) value = (value - bottom) * factor;
}

void step(Field& field, float low, float high) {
  const float factor = 1 / std::max(high - low, 1e-6F);
  for (float& value : field.values) {
    const float t = std::clamp((value - low) * factor, 0.0F, 1.0F);
    value = t * t * (3 - 2 * t);
  }
}

float quantile(const Field& field, float share) {
  constexpr std::size_t every = 37;  // prime to the sizes of pictures
  std::vector<float> sample;
  for (std::size_t i = 0; i < field.values.size(); i += every) sample.push_back(field.values[i]);
  const auto place =
      sample.begin() + static_cast<std::ptrdiff_t>(share * static_cast<float>(sample.size() - 1));
  std::nth_element(sample.begin(), place, sample.end());
  return *place;
}

void blur(Field& field, float sigma) {
  const std::vector<float> taps = gaussian_taps(sigma);
  const int radius = static_cast<int>(taps.size()) / 2;
  const int last = field.size - 1;
  Field across(field.size);
  std::vector<float> padded(field.size + 2 * radius);
  for (int y = 0; y <= last; ++y) {
    for (int x = 0; x < static_cast<int>(padded.size()); ++x)
      padded[x] = field.at(std::clamp(x - radius, 0, last), y);
    float* to = across.row(y);
    for (std::size_t t = 0; t < taps.size(); ++t)
      for (int x = 0; x <= last; ++x) to[x] += taps[t] * padded[x + t];
  }
  std::fill(field.values.begin(), field.values.end(), 0.0F);
  for (int y = 0; y <= last; ++y) {
    float* to = field.row(y);
    for (int t = -radius; t <= radius; ++t) {
      const float* from = across.row(std::clamp(y + t, 0, last));
      for (int x = 0; x <= last; ++x) to[x] += taps[t + radius] * from[x];
    }
  }
}

void blur(Picture& picture, float sigma) {
  for (Field& plane : picture.planes) blur(plane, sigma);
}

}  // namespace mvga::distill
