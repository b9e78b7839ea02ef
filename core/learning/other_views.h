// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Images as they would be if the part lay a little differently: what a few normal images do not
// show by themselves.
#pragma once

#include <vector>

#include "core/features/rgb_view.h"
#include "core/features/views.h"
#include "core/light/light_changes.h"

namespace mvga {

/// The other views of an image, as large as it is. What comes in at its border is mirrored there.
/// How far each is moved depends on the pixels alone: neither the order of images nor the part that
/// they are in changes what is learned.
std::vector<RgbImage> other_views(const RgbView& image, Views views);

/// The same, and the image in its other lights (light_changes.h) where `light` is above 0.
std::vector<RgbImage> other_images(const RgbView& image, Views views, double light);

}  // namespace mvga
