// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Images as the same scene may come from a camera on another day.
#pragma once

#include <cstdint>
#include <optional>

#include "core/features/rgb_view.h"
#include "core/light/light_changes.h"

namespace mvga {

/// What a camera, and what comes behind it, does to an image besides its light.
enum class CameraChange : std::uint8_t { noise, compression, defocus, exposure };

/// As large as the image; how strong the change is depends on `seed`.
/// noise: of a sensor, up to 2.5 % of white. compression: as JPEG of quality 30 to 75, without its
/// subsampling. defocus: up to 0.8 pixels. exposure: darker or brighter by up to a quarter, warmer
/// or cooler, rounded and cut off, and back, with a contrast that is up to a fifth lower or higher:
/// what is left of another light when it was corrected.
RgbImage camera_changed(const RgbView& image, CameraChange change, std::uint64_t seed);

/// The image in one of the changes, or none: every other image has one. Which one depends on the
/// pixels alone, so neither the order of images nor the part that they are in changes what is
/// learned.
///
/// A few changed images are enough for a Gaussian to know the direction in which they differ: when
/// a share r of the vectors is moved by d, the squared Mahalanobis distance of such a vector is
/// about (1 - r) / r in that direction, however large d is.
std::optional<RgbImage> on_another_day(const RgbView& image);

}  // namespace mvga
