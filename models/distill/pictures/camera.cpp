// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/distill/pictures/camera.h"

#include <algorithm>
#include <cmath>

#include "models/distill/pictures/fields.h"

namespace mvga::distill {
namespace {

template <typename Change>
void change_all(Picture& picture, const Change& change) {
  for (int c = 0; c < 3; ++c) {
    float* values = picture.planes[c].values.data();
    const std::size_t count = picture.planes[c].values.size();
    for (std::size_t i = 0; i < count; ++i) values[i] = change(values[i], c, i);
  }
}

void lamp_from_the_side(Random& random, Picture& picture) {
  const float angle = random.angle();
  const float strength = random.between(0.1F, 0.8F);
  const int size = picture.size();
  for (Field& plane : picture.planes)
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size; ++x) {
        const float along =
            (static_cast<float>(x) * std::cos(angle) + static_cast<float>(y) * std::sin(angle)) /
            static_cast<float>(size);
        plane.at(x, y) *= 1 + strength * (along - 0.35F);
      }
}

/// Brightens or darkens around a place.
void spot_of_light(Random& random, Picture& picture) {
  const int size = picture.size();
  const auto side = static_cast<float>(size);
  const float cx = random.between(-0.1F, 1.1F) * side;
  const float cy = random.between(-0.1F, 1.1F) * side;
  const float reach = random.ratio_between(0.03F, 1) * side;
  const float strength = random.between(-0.5F, 0.6F);
  const bool added = random.chance(0.5F);  // a reflection, not a lamp
  for (Field& plane : picture.planes)
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size; ++x) {
        const float dx = (static_cast<float>(x) - cx) / reach;
        const float dy = (static_cast<float>(y) - cy) / reach;
        const float glow = strength / (1 + (dx * dx + dy * dy) * (1 + dx * dx + dy * dy));
        plane.at(x, y) = added ? plane.at(x, y) + glow : plane.at(x, y) * (1 + glow);
      }
}

void soft_shadows(Random& random, Picture& picture) {
  const float hills = random.ratio_between(1.5F, 6);
  Field shadow = noise(random, picture.size(), {hills, hills, 2, 0.4F});
  const float low = random.between(0.2F, 0.6F);
  step(shadow, low, low + random.ratio_between(0.02F, 0.5F));
  const float depth = random.between(0.1F, 0.6F);
  change_all(picture,
             [&](float v, int, std::size_t i) { return v * (1 - depth * shadow.values[i]); });
}

void sharpen(Picture& picture, float amount) {
  Picture soft = picture;
  blur(soft, 1);
  change_all(picture, [&](float v, int c, std::size_t i) {
    return v + amount * (v - soft.planes[c].values[i]);
  });
}

void add_sensor_noise(Random& random, Picture& picture) {
  const float read = random.ratio_between(0.001F, 0.03F);
  const float shot = random.ratio_between(0.001F, 0.04F);
  const bool grey = random.chance(0.3F);
  Field one = grain(random, picture.size());
  if (random.chance(0.3F)) {  // a camera that has smoothed its noise away, and left clumps
    blur(one, 0.8F);
    for (float& v : one.values) v *= 2;
  }
  std::array<Field, 3> noises{one, grey ? one : grain(random, picture.size()),
                              grey ? one : grain(random, picture.size())};
  change_all(picture, [&](float v, int c, std::size_t i) {
    return v + noises[c].values[i] * (read + shot * std::sqrt(std::max(v, 0.0F)));
  });
}

}  // namespace

void light(Random& random, Picture& picture) {
  if (random.chance(0.5F)) lamp_from_the_side(random, picture);
  for (int i = random.below(3); i > 0; --i) spot_of_light(random, picture);
  if (random.chance(0.2F)) soft_shadows(random, picture);
  if (random.chance(0.5F)) {
    const float exposure = random.ratio_between(0.6F, 1.6F);
    const Colour cast{exposure * random.between(0.85F, 1.15F), exposure,
                      exposure * random.between(0.85F, 1.15F)};
    change_all(picture, [&](float v, int c, std::size_t) { return v * cast[c]; });
  }
}

void shade_as_solid(Random& random, Picture& picture, const Field& outline) {
  // The blurred outline as a height: its slope is what the light falls on.
  Field height = outline;
  blur(height, random.ratio_between(2, 0.08F * static_cast<float>(picture.size())));
  const float angle = random.angle();
  const float strength = random.between(2, 14);
  const float lx = strength * std::cos(angle);
  const float ly = strength * std::sin(angle);
  const int last = picture.size() - 1;
  for (int y = 1; y < last; ++y)
    for (int x = 1; x < last; ++x) {
      const float slope = lx * (height.at(x + 1, y) - height.at(x - 1, y)) +
                          ly * (height.at(x, y + 1) - height.at(x, y - 1));
      const float shine = std::clamp(1 + slope, 0.15F, 2.2F);
      for (Field& plane : picture.planes) plane.at(x, y) *= shine;
    }
}

Bytes photograph(Random& random, Picture picture) {
  if (random.chance(0.6F)) blur(picture, random.ratio_between(0.4F, 2.5F));
  if (random.chance(0.3F)) sharpen(picture, random.between(0.3F, 1.5F));
  if (random.chance(0.7F)) add_sensor_noise(random, picture);
  const float gamma = random.chance(0.5F) ? 1 : random.ratio_between(0.6F, 1.6F);
  constexpr float half = 0.5F;  // to the nearest
  Bytes bytes(picture.size());
  for (std::size_t i = 0; i < picture.planes[0].values.size(); ++i)
    for (int c = 0; c < 3; ++c) {
      float value = std::clamp(picture.planes[c].values[i], 0.0F, 1.0F);
      if (gamma != 1) value = std::pow(value, gamma);
      bytes.rgb[3 * i + c] = static_cast<std::uint8_t>(value * 255 + half);
    }
  return bytes;
}

}  // namespace mvga::distill
