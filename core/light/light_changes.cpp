// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/light/light_changes.h"

#include <algorithm>
#include <cmath>

#include "core/base/content_hash.h"

namespace mvga {
namespace {

using Table = ValueTables::value_type;

Table multiplied_by(double factor) {
  Table table{};
  for (std::size_t v = 0; v < table.size(); ++v)
    table[v] = static_cast<std::uint8_t>(
        std::clamp(static_cast<int>(std::floor(factor * static_cast<double>(v) + 0.5)), 0, 255));
  return table;
}

/// From -1 up to 1, of the bits that a double has room for.
double number_from(std::uint64_t hash) {
  return static_cast<double>(hash >> 11) * 0x1p-52 - 1;
}

}  // namespace

RgbImage with_values(const RgbView& image, const ValueTables& tables) {
  RgbImage lit{{}, image.width, image.height};
  lit.pixels.resize(std::size_t{3} * static_cast<std::size_t>(image.width) *
                    static_cast<std::size_t>(image.height));
  auto out = lit.pixels.begin();
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t* row = image.data + y * image.stride;
    for (int x = 0; x < image.width; ++x)
      for (const Table& table : tables) *out++ = table[*row++];
  }
  return lit;
}

RgbImage in_light(const RgbView& image, const Light& light) {
  return with_values(
      image, {multiplied_by(light.brightness * (1 + light.cast)), multiplied_by(light.brightness),
              multiplied_by(light.brightness * (1 - light.cast))});
}

std::array<Light, kOtherLights> other_lights(const RgbView& image, double share) {
  const RgbImage plain = in_light(image, {});  // without padding, which is not content
  const std::uint64_t hash = content_hash(plain.pixels.data(), plain.pixels.size());
  const double brighter = share * number_from(hash);
  const double warmer = share / 2 * number_from(content_hash(&hash, sizeof hash));
  return {Light{1 + brighter, warmer}, Light{1 - brighter, -warmer}};
}

}  // namespace mvga
