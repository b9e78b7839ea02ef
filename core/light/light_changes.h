// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Images as another light would show them, so that a model can learn light that it was not shown.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/features/rgb_view.h"

namespace mvga {

/// The largest share that is of use: beyond it all is white or black.
inline constexpr double kMostLight = 0.5;

/// In how many lights an image is learned besides its own.
inline constexpr std::size_t kOtherLights = 2;

/// How the light differs, in factors of the 8-bit values.
struct Light {
  double brightness = 1;  ///< of all colours
  double cast = 0;        ///< of red 1 + cast, of blue 1 - cast: warm above 0, cool below

  bool operator==(const Light&) const = default;
};

/// An image of its own, rows without padding.
struct RgbImage {
  std::vector<std::uint8_t> pixels;
  int width = 0;
  int height = 0;

  RgbView view() const { return {pixels.data(), width, height, std::ptrdiff_t{3} * width}; }
};

/// What red, green and blue values become.
using ValueTables = std::array<std::array<std::uint8_t, 256>, 3>;

RgbImage with_values(const RgbView& image, const ValueTables& tables);

/// The values, multiplied and rounded; what would be brighter than white is white.
RgbImage in_light(const RgbView& image, const Light& light);

/// The lights in which an image is learned besides its own: a random one and its opposite, so that
/// on average over them nothing changes. The brightness lies in [1 - share, 1 + share], the cast
/// within share / 2 of 0. They depend on the pixels alone: neither the order of images nor the
/// part that they are in changes what is learned.
std::array<Light, kOtherLights> other_lights(const RgbView& image, double share);

}  // namespace mvga
