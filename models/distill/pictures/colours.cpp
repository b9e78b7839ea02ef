// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/pictures/colours.h"

#include <algorithm>
#include <cmath>

namespace mvga::distill {
namespace {

/// Hue in turns.
Colour of_hue(float hue, float saturation, float value) {
  Colour colour;
  for (int c = 0; c < 3; ++c) {
    const float k = std::fmod(hue * 6 + static_cast<float>(5 - 2 * c), 6.0F);
    colour[c] = value * (1 - saturation * std::clamp(std::min(k, 4 - k), 0.0F, 1.0F));
  }
  return colour;
}

}  // namespace

Palette::Palette(Random& random) {
  const int kind = random.below(4);
  const float hue = random.uniform();
  const float hue_spread = kind == 0 ? 1 : random.between(0.02F, 0.15F);
  const float saturation = kind == 1 ? random.between(0, 0.08F) : random.between(0.1F, 0.9F);
  // Some materials have little contrast: paper, leather, plain metal.
  const float contrast = random.ratio_between(0.12F, 1);
  const float darkest = random.between(0, 1 - contrast);
  for (int i = random.from_to(2, 6); i > 0; --i) {
    const float value = darkest + contrast * random.uniform();
    const float its_saturation = saturation * random.between(0.6F, 1.0F);
    colours_.push_back(
        of_hue(std::fmod(hue + hue_spread * random.uniform(), 1.0F), its_saturation, value));
  }
}

Colour Palette::near_any(Random& random) const {
  Colour colour = any(random);
  const float lighter = 0.06F * random.normal();
  for (float& part : colour)
    part = std::clamp(part + lighter + 0.02F * random.normal(), 0.0F, 1.0F);
  return colour;
}

Colour Palette::at(float place) const {
  const float scaled = std::clamp(place, 0.0F, 1.0F) * static_cast<float>(colours_.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(scaled), colours_.size() - 2);
  const float t = scaled - static_cast<float>(below);
  Colour colour;
  for (int c = 0; c < 3; ++c)
    colour[c] = colours_[below][c] + (colours_[below + 1][c] - colours_[below][c]) * t;
  return colour;
}

Picture painted(const Field& field, const Palette& palette, int steps) {
  constexpr int shades = 256;
  constexpr float half = 0.5F;  // to the nearest
  std::array<Colour, shades> table{};
  for (int i = 0; i < shades; ++i) {
    float place = static_cast<float>(i) / (shades - 1);
    if (steps > 1)
      place =
          std::min(std::floor(place * static_cast<float>(steps)), static_cast<float>(steps - 1)) /
          static_cast<float>(steps - 1);
    table[i] = palette.at(place);
  }
  Picture picture(field.size);
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    const Colour& colour =
        table[static_cast<int>(std::clamp(field.values[i], 0.0F, 1.0F) * (shades - 1) + half)];
    for (int c = 0; c < 3; ++c) picture.planes[c].values[i] = colour[c];
  }
  return picture;
}

}  // namespace mvga::distill
