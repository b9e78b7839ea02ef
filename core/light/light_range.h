// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The light that normal images were learned in, and images brought back to it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "core/features/rgb_view.h"
#include "core/light/light_changes.h"
#include "core/light/tones.h"

namespace mvga {

/// In what an image's light differs from the reference: what would have to be added to its mean
/// tone, the logarithm of the exponent on its values, and what more red and blue would need.
using LightState = std::array<double, 4>;

/// Empty where `reference` is all zero: nothing is known of the light, and nothing is changed.
struct LightRange {
  Tones reference{};  ///< mean of the learned images'
  LightState low{};   ///< over the learned images
  LightState middle{};
  LightState high{};

  bool empty() const;
  bool operator==(const LightRange&) const = default;
};

/// The light that turns `tones` into those of the reference (tone_curve.h).
LightState light_of(const Tones& tones, const Tones& reference);

/// @param learned at least one
LightRange light_range(std::span<const Tones> learned);

/// The image in the light that was learned; none if it is in it. How far its light lies out of the
/// range, in brightness, contrast and cast, is how sure it is that the light has changed and not
/// what it falls on: by so much it is moved on into the range, up to the middle. What is further
/// out than light may be stays that much darker, brighter or stranger. An image that is in the
/// range without up to 15 % of it, darker or brighter than the rest, is left alone: that may be a
/// defect.
std::optional<RgbImage> in_learned_light(const RgbView& image, const LightRange& range);

}  // namespace mvga
